package fortnight.pipelines.rows;

import fortnight.transforms.Id;
import fortnight.transforms.Pane;
import java.io.IOException;

/** A row of an analysis: what happened in a window, to the shop or to an item. */
interface WindowRow extends ResultRow {
  /** Of the JSON of a row without its item. */
  int SIZE_BESIDE_ITEM = 240;

  Pane pane();

  /** How many records the row sums; of the rows of one key the largest version is the latest. */
  long version();

  @Override
  default String origin() {
    return "";
  }

  @Override
  default String timing() {
    return switch (pane()) {
      case EARLY -> "early";
      case ON_TIME -> "on_time";
      case LATE -> "late";
    };
  }

  @Override
  default int size() {
    Id item = scope().item();
    return item == null ? SIZE_BESIDE_ITEM : SIZE_BESIDE_ITEM + item.text().length();
  }

  /** The item's field, where it is about one. */
  default void writeItem(JsonObject json) throws IOException {
    Id item = scope().item();
    if (item != null) {
      json.field("item_id", item);
    }
  }

  /** The fields with which each row ends. */
  default void writePane(JsonObject json) throws IOException {
    json.field("pane", pane().name()).field("version", version());
  }
}

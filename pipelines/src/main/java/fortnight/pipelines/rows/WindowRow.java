package fortnight.pipelines.rows;

import fortnight.transforms.Id;
import fortnight.transforms.Pane;
import java.io.IOException;

/** A row of an analysis, for the shop or an item in a window. */
interface WindowRow extends ResultRow {
  /** The approximate number of characters of the JSON without the item's id. */
  int SIZE_WITHOUT_ITEM = 240;

  Pane pane();

  /** The number of records that the row sums; the latest row of a key has the largest version. */
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
    return item == null ? SIZE_WITHOUT_ITEM : SIZE_WITHOUT_ITEM + item.text().length();
  }

  /** Writes the item's id, if the row is for an item. */
  default void writeItem(JsonObject json) throws IOException {
    Id item = scope().item();
    if (item != null) {
      json.field("item_id", item);
    }
  }

  /** Writes the last fields of each row. */
  default void writePane(JsonObject json) throws IOException {
    json.field("pane", pane().name()).field("version", version());
  }
}

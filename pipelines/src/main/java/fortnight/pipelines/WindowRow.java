package fortnight.pipelines;

import fortnight.transforms.Id;
import fortnight.transforms.Pane;
import java.io.IOException;

/** A row of an analysis: what happened in a window, to the shop or to an item. */
interface WindowRow extends Row {
  /** Of all but an item that is a string. */
  int PLAIN_SIZE = 250;

  Pane pane();

  @Override
  default String origin() {
    return "";
  }

  @Override
  default String timing() {
    return switch (pane().timing()) {
      case EARLY -> "early";
      case ON_TIME -> "on_time";
      case LATE -> "late";
    };
  }

  @Override
  default int size() {
    Id item = scope().item();
    return item == null || item.integer() ? PLAIN_SIZE : PLAIN_SIZE + item.text().length();
  }

  /** The item's field, where it is about one. */
  default void item(Json json) throws IOException {
    Id item = scope().item();
    if (item != null) {
      json.field("item_id", item);
    }
  }

  /** The fields with which each row ends. */
  default void pane(Json json) throws IOException {
    json.field("pane", pane().timing().name()).field("pane_index", pane().index());
  }
}

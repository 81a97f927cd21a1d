package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.Id;
import fortnight.transforms.Pane;
import java.io.IOException;
import org.joda.time.Instant;

/** A row of an analysis, for the shop, an item, or a value of a dimension in a window. */
interface WindowRow extends ResultRow {
  /** The approximate number of characters of the JSON without the value of the dimension. */
  int SIZE_WITHOUT_VALUE = 240;

  /** The start of the window; of a change, of the previous period. */
  Instant start();

  /** The end of the window. */
  Instant end();

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
    Id value = scope().value();
    return value == null ? SIZE_WITHOUT_VALUE : SIZE_WITHOUT_VALUE + value.text().length();
  }

  /** The start and the end of the window, the value of the dimension, and the currency. */
  @Override
  default String key() {
    StringBuilder key = new StringBuilder(64);
    key.append(JsonObject.time(start())).append('/').append(JsonObject.time(end()));
    Id value = scope().value();
    if (value != null) {
      key.append('/').append(JsonObject.text(value));
    }
    if (scope().currency() != null) {
      key.append('/').append(JsonObject.text(Id.ofString(scope().currency())));
    }
    return key.toString();
  }

  @Override
  default long position() {
    return start().getMillis();
  }

  /** Writes the value of the dimension, unless the row is for the shop, and the currency. */
  default void writeScope(JsonObject json) throws IOException {
    Id value = scope().value();
    if (value != null) {
      json.field(Analysis.fieldOf(scope().dimension()), value);
    }
    if (scope().currency() != null) {
      json.field("currency", scope().currency());
    }
  }

  /** Writes the last fields of each row. */
  default void writePane(JsonObject json) throws IOException {
    json.field("pane", pane().name()).field("version", version());
  }
}

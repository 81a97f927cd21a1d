package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.VolumeChange;
import java.io.IOException;

/** The change of a measure of the shop, or of an item, from one period to the next. */
record ChangeRow(VolumeChange change) implements WindowRow {
  @Override
  public String title() {
    return analysis().title();
  }

  private Analysis analysis() {
    return switch (change.measure()) {
      case TRANSACTIONS -> Analysis.VOLUME_CHANGE;
      case CUSTOMERS -> Analysis.CUSTOMER_CHANGE;
      case UNITS -> Analysis.PRODUCT_VOLUME_CHANGE;
    };
  }

  @Override
  public long position() {
    return change.previousStart().getMillis();
  }

  @Override
  public Scope scope() {
    return change.scope();
  }

  @Override
  public Pane pane() {
    return change.pane();
  }

  @Override
  public long version() {
    return change.version();
  }

  @Override
  public String json() {
    return JsonObject.object(
        json -> {
          json.field("previous_start", change.previousStart())
              .field("current_start", change.currentStart())
              .field("current_end", change.currentEnd());
          writeItem(json);
          json.field("previous", change.previous())
              .field("current", change.current())
              .field("change", change.change());
          writeRatio(json);
          writePane(json);
        });
  }

  private void writeRatio(JsonObject json) throws IOException {
    if (change.ratio().isPresent()) {
      json.field("ratio", change.ratio().getAsDouble());
    } else {
      json.nullField("ratio");
    }
  }
}

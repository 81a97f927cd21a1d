package fortnight.pipelines.rows;

import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.VolumeChange;
import java.io.IOException;
import org.joda.time.Instant;

/** The change of a measure from an earlier period to a later one. */
record ChangeRow(String title, VolumeChange change, Scale scale) implements WindowRow {
  @Override
  public Instant start() {
    return change.previousStart();
  }

  @Override
  public Instant end() {
    return change.currentEnd();
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
          writeChange(json);
          writePane(json);
        });
  }

  /** Writes all fields but those of the pane. */
  void writeChange(JsonObject json) throws IOException {
    int decimals = scale.decimals(change.measure());
    json.field("previous_start", change.previousStart())
        .field("current_start", change.currentStart())
        .field("current_end", change.currentEnd());
    writeScope(json);
    json.field("previous", change.previous(), decimals)
        .field("current", change.current(), decimals)
        .field("change", change.change(), decimals);
    if (change.ratio().isPresent()) {
      json.field("ratio", change.ratio().getAsDouble());
    } else {
      json.nullField("ratio");
    }
  }
}

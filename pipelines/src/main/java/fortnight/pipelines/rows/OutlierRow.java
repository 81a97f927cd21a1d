package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import org.joda.time.Instant;

/** A change that is unusually large. Rows are ordered by the analysis of the change first. */
record OutlierRow(ChangeRow change) implements WindowRow {
  @Override
  public String title() {
    return Analysis.OUTLIERS.title();
  }

  @Override
  public String origin() {
    return change.title();
  }

  @Override
  public Instant start() {
    return change.start();
  }

  @Override
  public Instant end() {
    return change.end();
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

  /** The key of the change, with its analysis. */
  @Override
  public String key() {
    return change.title() + "/" + change.key();
  }

  @Override
  public String json() {
    double ratio = change.change().ratio().orElseThrow();
    return JsonObject.object(
        json -> {
          json.field("analysis", change.title()).field("direction", ratio > 1 ? "up" : "down");
          change.writeChange(json);
          writePane(json);
        });
  }
}

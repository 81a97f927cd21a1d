package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.VolumeChange;
import java.io.IOException;
import org.joda.time.Instant;

/** A row with the change of a measure from an earlier period to a later one. */
interface ComparisonRow extends WindowRow {
  VolumeChange change();

  Scale scale();

  @Override
  default Instant start() {
    return change().previousStart();
  }

  @Override
  default Instant end() {
    return change().currentEnd();
  }

  @Override
  default Scope scope() {
    return change().scope();
  }

  @Override
  default Pane pane() {
    return change().pane();
  }

  @Override
  default long version() {
    return change().version();
  }

  /** Writes all fields of the change but those of the pane. */
  default void writeChange(JsonObject json) throws IOException {
    int decimals = scale().decimals(change().measure());
    json.field("previous_start", change().previousStart())
        .field("current_start", change().currentStart())
        .field("current_end", change().currentEnd());
    writeScope(json);
    json.field("previous", change().previous(), decimals)
        .field("current", change().current(), decimals)
        .field("change", change().change(), decimals);
    if (change().ratio().isPresent()) {
      json.field("ratio", change().ratio().getAsDouble());
    } else {
      json.nullField("ratio");
    }
  }

  /** The change of a measure from an earlier period to a later one. */
  record ChangeRow(String title, VolumeChange change, Scale scale) implements ComparisonRow {
    @Override
    public String json() {
      return JsonObject.object(
          json -> {
            writeChange(json);
            writePane(json);
          });
    }
  }

  /**
   * A change that is unusually large. Rows are ordered by the analysis of the change first.
   *
   * @param analysis the title of the analysis that the change is a row of
   */
  record OutlierRow(String analysis, VolumeChange change, Scale scale) implements ComparisonRow {
    @Override
    public String title() {
      return Analysis.OUTLIERS.title();
    }

    @Override
    public String origin() {
      return analysis;
    }

    /** The key of the change, with its analysis. */
    @Override
    public String key() {
      return analysis + "/" + ComparisonRow.super.key();
    }

    @Override
    public String json() {
      double ratio = change.ratio().orElseThrow();
      return JsonObject.object(
          json -> {
            json.field("analysis", analysis).field("direction", ratio > 1 ? "up" : "down");
            writeChange(json);
            writePane(json);
          });
    }
  }
}

package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.common.Measure;
import fortnight.transforms.Scope;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.WindowVolume;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Emits and counts the rows of the requested analyses. */
final class RowFn<T> extends DoFn<T, ResultRow> {
  private final Rows<T> rows;

  /** By the title of the analysis. */
  private final Map<String, Counter> counters = new HashMap<>();

  private RowFn(Set<Analysis> analyses, Rows<T> rows) {
    this.rows = rows;
    for (Analysis analysis : analyses) {
      counters.put(
          analysis.title(),
          Metrics.counter(MeasureVolumes.class, MeasureVolumes.ROWS + analysis.title()));
    }
  }

  /** Emits the rows of volumes, and of distinct customers. */
  static RowFn<WindowVolume> ofVolumes(Set<Analysis> analyses, Scale scale) {
    Titles titles = Titles.of(analyses);
    boolean hasCustomers = analyses.contains(Analysis.WEEKLY_CUSTOMERS);
    return new RowFn<>(
        analyses,
        (volume, out) -> {
          String title = titles.ofVolumes(volume.scope());
          if (title != null) {
            out.accept(new VolumeRow(title, volume, scale));
          }
          if (hasCustomers && volume.scope().isShop()) {
            out.accept(new CustomersRow(volume));
          }
        });
  }

  /** Emits the rows of changes. */
  static RowFn<VolumeChange> ofChanges(Set<Analysis> analyses, Scale scale) {
    Titles titles = Titles.of(analyses);
    return new RowFn<>(
        analyses,
        (change, out) -> {
          String title = titles.ofChanges(change.scope(), change.measure());
          if (title != null) {
            out.accept(new ComparisonRow.ChangeRow(title, change, scale));
          }
        });
  }

  /** Emits the rows of changes that are outliers. */
  static RowFn<VolumeChange> ofOutliers(Set<Analysis> analyses, Scale scale) {
    return new RowFn<>(
        analyses,
        (change, out) -> {
          String dimension = change.scope().dimension();
          Analysis analysis =
              change.measure() == Measure.REVENUE
                  ? Analysis.revenueChangeBy(dimension)
                  : Analysis.changeBy(dimension);
          out.accept(new ComparisonRow.OutlierRow(analysis.title(), change, scale));
        });
  }

  @ProcessElement
  public void process(@Element T value, OutputReceiver<ResultRow> out) {
    rows.emit(
        value,
        row -> {
          counters.get(row.title()).inc();
          out.output(row);
        });
  }

  /** Emits the rows of a value. */
  @FunctionalInterface
  private interface Rows<T> extends Serializable {
    void emit(T value, Consumer<ResultRow> out);
  }

  /** The titles of the requested analyses, by what their rows contain. */
  private record Titles(Map<String, String> volumes, Map<String, Map<Measure, String>> changes)
      implements Serializable {
    static Titles of(Set<Analysis> analyses) {
      Map<String, String> volumes = new HashMap<>();
      Map<String, Map<Measure, String>> changes = new HashMap<>();
      for (Analysis analysis : analyses) {
        switch (analysis.rows()) {
          case VOLUMES -> volumes.put(analysis.dimension(), analysis.title());
          case CHANGES ->
              changes
                  .computeIfAbsent(analysis.dimension(), none -> new HashMap<>())
                  .put(analysis.measure(), analysis.title());
          case CUSTOMERS, OUTLIERS -> {}
        }
      }
      return new Titles(volumes, changes);
    }

    /** Returns null if the rows are not requested. */
    String ofVolumes(Scope scope) {
      return volumes.get(scope.dimension());
    }

    /** Returns null if the rows are not requested. */
    String ofChanges(Scope scope, Measure measure) {
      return changes.getOrDefault(scope.dimension(), Map.of()).get(measure);
    }
  }
}

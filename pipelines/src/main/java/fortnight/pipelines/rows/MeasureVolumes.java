package fortnight.pipelines.rows;

import static fortnight.common.Analysis.PRODUCT_VOLUME;
import static fortnight.common.Analysis.PRODUCT_VOLUME_CHANGE;
import static fortnight.common.Analysis.VOLUME_CHANGE;
import static fortnight.common.Analysis.WEEKLY_VOLUME;

import fortnight.common.Analysis;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.volumes.CompareVolumes;
import fortnight.transforms.volumes.ComparisonWindows;
import fortnight.transforms.volumes.SliceVolumes;
import fortnight.transforms.volumes.TumblingVolumes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Makes the rows of the analyses that are asked for: transactions to slices, slices to windows,
 * windows to rows. Over bounded input they come when all is read, in a stream as windows fire.
 */
public final class MeasureVolumes
    extends PTransform<PCollection<Transaction>, PCollection<ResultRow>> {
  /** Counts rows; the title of an analysis follows. */
  public static final String ROWS = "rows.";

  private final ComparisonWindows windows;
  private final Set<Analysis> analyses;

  private MeasureVolumes(ComparisonWindows windows, Set<Analysis> analyses) {
    this.windows = windows;
    this.analyses = analyses;
  }

  public static MeasureVolumes by(ComparisonWindows windows, Set<Analysis> analyses) {
    return new MeasureVolumes(windows, analyses);
  }

  @Override
  public PCollection<ResultRow> expand(PCollection<Transaction> transactions) {
    PCollection<Slice> slices = transactions.apply("Slice volumes", SliceVolumes.by(windows));
    PCollectionList<ResultRow> rows = PCollectionList.empty(transactions.getPipeline());
    if (isAsked(WEEKLY_VOLUME, PRODUCT_VOLUME)) {
      rows =
          rows.and(
              slices
                  .apply("Tumbling volumes", TumblingVolumes.by(windows))
                  .apply("Volume rows", rows(VolumeRow::new))
                  .setCoder(ResultRow.coder()));
    }
    if (isAsked(VOLUME_CHANGE, PRODUCT_VOLUME_CHANGE)) {
      rows =
          rows.and(
              slices
                  .apply("Compare volumes", CompareVolumes.by(windows))
                  .apply("Change rows", rows(ChangeRow::new))
                  .setCoder(ResultRow.coder()));
    }
    return rows.apply("All rows", Flatten.pCollections());
  }

  private boolean isAsked(Analysis ofShop, Analysis ofProducts) {
    return analyses.contains(ofShop) || analyses.contains(ofProducts);
  }

  private <T> ParDo.SingleOutput<T, ResultRow> rows(SerializableFunction<T, ResultRow> view) {
    return ParDo.of(new RowFn<>(analyses, view));
  }

  private static final class RowFn<T> extends DoFn<T, ResultRow> {
    /** By the title of their analysis. */
    private final Map<String, Counter> asked = new HashMap<>();

    private final SerializableFunction<T, ResultRow> view;

    RowFn(Set<Analysis> analyses, SerializableFunction<T, ResultRow> view) {
      for (Analysis analysis : analyses) {
        asked.put(analysis.title(), Metrics.counter(MeasureVolumes.class, ROWS + analysis.title()));
      }
      this.view = view;
    }

    @ProcessElement
    public void process(@Element T value, OutputReceiver<ResultRow> out) {
      ResultRow row = view.apply(value);
      Counter rows = asked.get(row.file());
      if (rows != null) {
        rows.inc();
        out.output(row);
      }
    }
  }
}

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
 * Computes the rows of the requested analyses: transactions to slices, slices to windows, windows
 * to rows. Rows of bounded input are emitted when all of it is read, rows of a stream when windows
 * fire.
 */
public final class MeasureVolumes
    extends PTransform<PCollection<Transaction>, PCollection<ResultRow>> {
  /** The prefix of the counters of rows; the title of the analysis follows. */
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
    if (isRequested(WEEKLY_VOLUME, PRODUCT_VOLUME)) {
      rows =
          rows.and(
              slices
                  .apply("Tumbling volumes", TumblingVolumes.by(windows))
                  .apply("Volume rows", rows(VolumeRow::new))
                  .setCoder(ResultRow.coder()));
    }
    if (isRequested(VOLUME_CHANGE, PRODUCT_VOLUME_CHANGE)) {
      rows =
          rows.and(
              slices
                  .apply("Compare volumes", CompareVolumes.by(windows))
                  .apply("Change rows", rows(ChangeRow::new))
                  .setCoder(ResultRow.coder()));
    }
    return rows.apply("All rows", Flatten.pCollections());
  }

  private boolean isRequested(Analysis ofShop, Analysis ofProducts) {
    return analyses.contains(ofShop) || analyses.contains(ofProducts);
  }

  private <T> ParDo.SingleOutput<T, ResultRow> rows(SerializableFunction<T, ResultRow> toRow) {
    return ParDo.of(new RowFn<>(analyses, toRow));
  }

  /** Emits and counts the rows of the requested analyses. */
  private static final class RowFn<T> extends DoFn<T, ResultRow> {
    /** By the title of the analysis. */
    private final Map<String, Counter> counters = new HashMap<>();

    private final SerializableFunction<T, ResultRow> toRow;

    RowFn(Set<Analysis> analyses, SerializableFunction<T, ResultRow> toRow) {
      for (Analysis analysis : analyses) {
        counters.put(
            analysis.title(), Metrics.counter(MeasureVolumes.class, ROWS + analysis.title()));
      }
      this.toRow = toRow;
    }

    @ProcessElement
    public void process(@Element T value, OutputReceiver<ResultRow> out) {
      ResultRow row = toRow.apply(value);
      Counter counter = counters.get(row.title());
      if (counter != null) {
        counter.inc();
        out.output(row);
      }
    }
  }
}

package fortnight.pipelines.rows;

import static fortnight.common.Analysis.CUSTOMER_CHANGE;
import static fortnight.common.Analysis.PRODUCT_VOLUME;
import static fortnight.common.Analysis.PRODUCT_VOLUME_CHANGE;
import static fortnight.common.Analysis.VOLUME_CHANGE;
import static fortnight.common.Analysis.WEEKLY_CUSTOMERS;
import static fortnight.common.Analysis.WEEKLY_VOLUME;

import fortnight.common.Analysis;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.WindowVolume;
import fortnight.transforms.volumes.CompareVolumes;
import fortnight.transforms.volumes.ComparisonWindows;
import fortnight.transforms.volumes.SliceVolumes;
import fortnight.transforms.volumes.TumblingVolumes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
  private final boolean distinctTransactions;

  private MeasureVolumes(
      ComparisonWindows windows, Set<Analysis> analyses, boolean distinctTransactions) {
    this.windows = windows;
    this.analyses = analyses;
    this.distinctTransactions = distinctTransactions;
  }

  public static MeasureVolumes by(ComparisonWindows windows, Set<Analysis> analyses) {
    return new MeasureVolumes(windows, analyses, false);
  }

  /** Sets whether the elements with the same id are one transaction; the default is false. */
  public MeasureVolumes withDistinctTransactions(boolean distinct) {
    return new MeasureVolumes(windows, analyses, distinct);
  }

  @Override
  public PCollection<ResultRow> expand(PCollection<Transaction> transactions) {
    PCollection<Slice> slices =
        transactions.apply(
            "Slice volumes",
            SliceVolumes.by(windows)
                .withDistinctTransactions(
                    distinctTransactions && isRequested(WEEKLY_VOLUME, VOLUME_CHANGE))
                .withCustomers(isRequested(WEEKLY_CUSTOMERS, CUSTOMER_CHANGE)));
    PCollectionList<ResultRow> rows = PCollectionList.empty(transactions.getPipeline());
    if (isRequested(WEEKLY_VOLUME, PRODUCT_VOLUME, WEEKLY_CUSTOMERS)) {
      rows =
          rows.and(
              slices
                  .apply("Tumbling volumes", TumblingVolumes.by(windows))
                  .apply("Volume rows", rows(MeasureVolumes::volumeRows))
                  .setCoder(ResultRow.coder()));
    }
    if (isRequested(VOLUME_CHANGE, PRODUCT_VOLUME_CHANGE, CUSTOMER_CHANGE)) {
      rows =
          rows.and(
              slices
                  .apply(
                      "Compare volumes",
                      CompareVolumes.by(windows).withCustomers(isRequested(CUSTOMER_CHANGE)))
                  .apply("Change rows", rows(change -> List.of(new ChangeRow(change))))
                  .setCoder(ResultRow.coder()));
    }
    return rows.apply("All rows", Flatten.pCollections());
  }

  private static List<ResultRow> volumeRows(WindowVolume volume) {
    return volume.scope().isShop()
        ? List.of(new VolumeRow(volume), new CustomersRow(volume))
        : List.of(new VolumeRow(volume));
  }

  private boolean isRequested(Analysis... any) {
    return Stream.of(any).anyMatch(analyses::contains);
  }

  private <T> ParDo.SingleOutput<T, ResultRow> rows(
      SerializableFunction<T, List<ResultRow>> toRows) {
    return ParDo.of(new RowFn<>(analyses, toRows));
  }

  /** Emits and counts the rows of the requested analyses. */
  private static final class RowFn<T> extends DoFn<T, ResultRow> {
    /** By the title of the analysis. */
    private final Map<String, Counter> counters = new HashMap<>();

    private final SerializableFunction<T, List<ResultRow>> toRows;

    RowFn(Set<Analysis> analyses, SerializableFunction<T, List<ResultRow>> toRows) {
      for (Analysis analysis : analyses) {
        counters.put(
            analysis.title(), Metrics.counter(MeasureVolumes.class, ROWS + analysis.title()));
      }
      this.toRows = toRows;
    }

    @ProcessElement
    public void process(@Element T value, OutputReceiver<ResultRow> out) {
      for (ResultRow row : toRows.apply(value)) {
        Counter counter = counters.get(row.title());
        if (counter != null) {
          counter.inc();
          out.output(row);
        }
      }
    }
  }
}

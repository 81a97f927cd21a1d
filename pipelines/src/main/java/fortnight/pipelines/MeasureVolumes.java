package fortnight.pipelines;

import static fortnight.pipelines.Analysis.PRODUCT_VOLUME;
import static fortnight.pipelines.Analysis.PRODUCT_VOLUME_CHANGE;
import static fortnight.pipelines.Analysis.VOLUME_CHANGE;
import static fortnight.pipelines.Analysis.WEEKLY_VOLUME;

import fortnight.transforms.CompareVolumes;
import fortnight.transforms.ComparisonWindows;
import fortnight.transforms.Slice;
import fortnight.transforms.SliceVolumes;
import fortnight.transforms.Transaction;
import fortnight.transforms.TumblingVolumes;
import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Makes the rows of the analyses that are asked for: transactions to slices, slices to windows,
 * windows to rows. Bounded input only; rows come when all is read.
 */
final class MeasureVolumes extends PTransform<PCollection<Transaction>, PCollection<Row>> {
  /** Counts rows; the title of an analysis follows. */
  static final String ROWS = "rows.";

  private final ComparisonWindows windows;
  private final Set<Analysis> analyses;

  private MeasureVolumes(ComparisonWindows windows, Set<Analysis> analyses) {
    this.windows = windows;
    this.analyses = analyses;
  }

  static MeasureVolumes by(ComparisonWindows windows, Set<Analysis> analyses) {
    return new MeasureVolumes(windows, analyses);
  }

  @Override
  public PCollection<Row> expand(PCollection<Transaction> transactions) {
    PCollection<Slice> slices = transactions.apply("Slice volumes", SliceVolumes.by(windows));
    PCollectionList<Row> rows = PCollectionList.empty(transactions.getPipeline());
    if (isAsked(WEEKLY_VOLUME, PRODUCT_VOLUME)) {
      rows =
          rows.and(
              slices
                  .apply("Tumbling volumes", TumblingVolumes.by(windows))
                  .apply(
                      "Volume rows",
                      rows(row -> Analysis.volumeOf(row.scope()), FormatRows::volume)));
    }
    if (isAsked(VOLUME_CHANGE, PRODUCT_VOLUME_CHANGE)) {
      rows =
          rows.and(
              slices
                  .apply("Compare volumes", CompareVolumes.by(windows))
                  .apply(
                      "Change rows",
                      rows(row -> Analysis.changeOf(row.scope()), FormatRows::change)));
    }
    return rows.apply("All rows", Flatten.pCollections());
  }

  private boolean isAsked(Analysis ofShop, Analysis ofProducts) {
    return analyses.contains(ofShop) || analyses.contains(ofProducts);
  }

  /** A row says its window itself; where it goes, windows no longer matter. */
  private <T> PTransform<PCollection<T>, PCollection<Row>> rows(
      SerializableFunction<T, Analysis> analysis, SerializableFunction<T, Row> format) {
    RowFn<T> rowFn = new RowFn<>(EnumSet.copyOf(analyses), analysis, format);
    return new PTransform<>() {
      @Override
      public PCollection<Row> expand(PCollection<T> values) {
        return values
            .apply("Format", ParDo.of(rowFn))
            .setCoder(Row.coder())
            .apply("Leave windows", Window.into(new GlobalWindows()));
      }
    };
  }

  private static final class RowFn<T> extends DoFn<T, Row> {
    private final EnumSet<Analysis> asked;
    private final SerializableFunction<T, Analysis> analysis;
    private final SerializableFunction<T, Row> format;

    RowFn(
        EnumSet<Analysis> asked,
        SerializableFunction<T, Analysis> analysis,
        SerializableFunction<T, Row> format) {
      this.asked = asked;
      this.analysis = analysis;
      this.format = format;
    }

    @ProcessElement
    public void process(@Element T value, OutputReceiver<Row> out) {
      Analysis of = analysis.apply(value);
      if (asked.contains(of)) {
        Metrics.counter(MeasureVolumes.class, ROWS + of.title()).inc();
        out.output(format.apply(value));
      }
    }
  }
}

package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.common.Measure;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.formats.DimensionField;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.volumes.CompareVolumes;
import fortnight.transforms.volumes.ComparisonWindows;
import fortnight.transforms.volumes.FindOutliers;
import fortnight.transforms.volumes.Grouping;
import fortnight.transforms.volumes.OutlierLimits;
import fortnight.transforms.volumes.SliceVolumes;
import fortnight.transforms.volumes.TumblingVolumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
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
  private final RecordFormat format;
  private final OutlierLimits outlierLimits;

  private MeasureVolumes(
      ComparisonWindows windows,
      Set<Analysis> analyses,
      RecordFormat format,
      OutlierLimits outlierLimits) {
    this.windows = windows;
    this.analyses = analyses;
    this.format = format;
    this.outlierLimits = outlierLimits;
  }

  public static MeasureVolumes by(ComparisonWindows windows, Set<Analysis> analyses) {
    return new MeasureVolumes(windows, analyses, RecordFormat.fortnight(), OutlierLimits.DEFAULT);
  }

  /** Sets the format of the records, for amounts, dimensions, and distinct ids. */
  public MeasureVolumes withFormat(RecordFormat newFormat) {
    return new MeasureVolumes(windows, analyses, newFormat, outlierLimits);
  }

  /** Sets which changes are outliers, if the outliers are requested. */
  public MeasureVolumes withOutlierLimits(OutlierLimits limits) {
    return new MeasureVolumes(windows, analyses, format, limits);
  }

  @Override
  public PCollection<ResultRow> expand(PCollection<Transaction> transactions) {
    PCollection<Slice> slices =
        transactions.apply(
            "Slice volumes",
            SliceVolumes.by(windows)
                .withDistinctTransactions(format.hasDistinctIds() && hasRowsOfTransactions())
                .withCustomers(isRequested(analysis -> analysis.measure() == Measure.CUSTOMERS))
                .withGroupings(groupings()));
    PCollectionList<ResultRow> rows = PCollectionList.empty(transactions.getPipeline());
    if (isRequested(analysis -> !analysis.isChange())) {
      rows =
          rows.and(
              slices
                  .apply("Tumbling volumes", TumblingVolumes.by(windows))
                  .apply("Volume rows", ParDo.of(RowFn.ofVolumes(analyses, scale())))
                  .setCoder(ResultRow.coder()));
    }
    if (isRequested(Analysis::isChange)) {
      PCollection<VolumeChange> changes = slices.apply("Compare volumes", comparison());
      rows =
          rows.and(
              changes
                  .apply("Change rows", ParDo.of(RowFn.ofChanges(analyses, scale())))
                  .setCoder(ResultRow.coder()));
      if (analyses.contains(Analysis.OUTLIERS)) {
        rows =
            rows.and(
                changes
                    .apply("Find outliers", FindOutliers.of(outlierLimits, slices))
                    .apply("Outlier rows", ParDo.of(RowFn.ofOutliers(analyses, scale())))
                    .setCoder(ResultRow.coder()));
      }
    }
    return rows.apply("All rows", Flatten.pCollections());
  }

  private CompareVolumes comparison() {
    return CompareVolumes.by(windows)
        .withCustomers(analyses.contains(Analysis.CUSTOMER_CHANGE))
        .withRevenue(
            isRequested(analysis -> analysis.isChange() && analysis.measure() == Measure.REVENUE)
                || (format.money() != null && analyses.contains(Analysis.OUTLIERS)));
  }

  private Scale scale() {
    return Scale.of(format);
  }

  private boolean hasRowsOfTransactions() {
    return isRequested(analysis -> analysis.measure() == Measure.TRANSACTIONS)
        || format.recordDimensions().stream()
            .anyMatch(field -> analyses.contains(Analysis.volumeBy(field.name())));
  }

  /** Returns the dimensions of the requested analyses; outliers are those of all dimensions. */
  private List<Grouping> groupings() {
    List<Grouping> groupings = new ArrayList<>();
    addGroupings(format.itemDimensions(), true, groupings);
    addGroupings(format.recordDimensions(), false, groupings);
    return groupings;
  }

  private void addGroupings(
      List<DimensionField> fields, boolean areOfLineItems, List<Grouping> groupings) {
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i).name();
      if (isRequested(analysis -> analysis.dimension().equals(name))
          || analyses.contains(Analysis.OUTLIERS)) {
        groupings.add(new Grouping(name, areOfLineItems, i));
      }
    }
  }

  private boolean isRequested(Predicate<Analysis> condition) {
    return analyses.stream().anyMatch(condition);
  }
}

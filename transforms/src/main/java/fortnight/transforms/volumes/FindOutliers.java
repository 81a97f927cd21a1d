package fortnight.transforms.volumes;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.Pane;
import fortnight.transforms.Slice;
import fortnight.transforms.VolumeChange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.Min;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Emits the changes of items and dimensions that are unusually large.
 *
 * <p>Only comparisons of two periods that the data covers in full count: the first transaction of
 * the shop is at the start of the previous period or before, and the last one at the end of the
 * current period or after; a twentieth of the period may be missing. Early rows are not emitted. In
 * a stream, an outlier is emitted when its window fires, and again for each correction that is
 * still an outlier; the watermark has passed its end, so that only the starts of both periods have
 * to be covered.
 */
public final class FindOutliers
    extends PTransform<PCollection<VolumeChange>, PCollection<VolumeChange>> {
  private final OutlierLimits limits;
  private final transient PCollection<Slice> slices;

  private FindOutliers(OutlierLimits limits, PCollection<Slice> slices) {
    this.limits = limits;
    this.slices = slices;
  }

  /**
   * Finds outliers among the changes of slices.
   *
   * @param slices those from which the changes were computed
   */
  public static FindOutliers of(OutlierLimits limits, PCollection<Slice> slices) {
    return new FindOutliers(limits, slices);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<VolumeChange> changes) {
    OutlierLimits exceeded = limits;
    PCollection<VolumeChange> candidates =
        changes.apply(
            "Candidates",
            Filter.by(
                change ->
                    !change.scope().isShop()
                        && change.pane() != Pane.EARLY
                        && exceeded.areExceededBy(change)));
    PCollection<Coverage> coverage =
        slices
            .apply("Times of transactions", ParDo.of(new CoverageFn()))
            .setCoder(Coverage.coder())
            .apply("Global window", Triggers.intoGlobal());
    return changes.isBounded() == IsBounded.BOUNDED
        ? inFull(candidates, coverage)
        : candidates.apply("Keep covered", KeepCovered.by(coverage));
  }

  private static PCollection<VolumeChange> inFull(
      PCollection<VolumeChange> candidates, PCollection<Coverage> coverage) {
    PCollectionView<Long> first =
        coverage
            .apply("First times", MapElements.into(TypeDescriptors.longs()).via(Coverage::first))
            .apply("First time", Min.longsGlobally().asSingletonView());
    PCollectionView<Long> last =
        coverage
            .apply("Last times", MapElements.into(TypeDescriptors.longs()).via(Coverage::last))
            .apply("Last time", Max.longsGlobally().asSingletonView());
    return candidates.apply(
        "Covered in full",
        ParDo.of(new CoveredFn()).withSideInput("first", first).withSideInput("last", last));
  }

  private static final class CoverageFn extends DoFn<Slice, Coverage> {
    @ProcessElement
    public void process(@Element Slice slice, OutputReceiver<Coverage> out) {
      if (slice.group() == KeyGroups.SHOP && slice.hasVolumes()) {
        out.output(Coverage.of(slice));
      }
    }
  }

  private static final class CoveredFn extends DoFn<VolumeChange, VolumeChange> {
    @ProcessElement
    public void process(
        @Element VolumeChange change,
        @SideInput("first") Long first,
        @SideInput("last") Long last,
        OutputReceiver<VolumeChange> out) {
      if (new Coverage(first, last).contains(change)) {
        out.output(change);
      }
    }
  }
}

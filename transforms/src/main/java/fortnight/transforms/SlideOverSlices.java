package fortnight.transforms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * What {@link CompareVolumes} does where all is read before anything is told: the slices of a group
 * come together, and two periods slide over them.
 *
 * <p>Sliding windows would give each slice to every window that covers it: 336 times when a week
 * moves on every hour.
 */
final class SlideOverSlices extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;

  private SlideOverSlices(ComparisonWindows windows) {
    this.windows = windows;
  }

  static SlideOverSlices by(ComparisonWindows windows) {
    return new SlideOverSlices(windows);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    PCollection<TradedSlices> traded = slices.apply("Find traded slices", new FindTradedSlices());
    PCollectionView<TradedSlices> view =
        traded.apply(
            "See traded slices",
            View.<TradedSlices>asSingleton().withDefaultValue(TradedSlices.NONE));
    PCollection<VolumeChange> changes =
        slices
            .apply(
                "All time", Firing.<Slice>leave().withTimestampCombiner(TimestampCombiner.EARLIEST))
            .apply(
                "Key by group", WithKeys.of(Slice::group).withKeyType(TypeDescriptors.integers()))
            .setCoder(KvCoder.of(VarIntCoder.of(), Slice.coder()))
            .apply("Gather groups", GroupByKey.create())
            .apply("Slide", ParDo.of(new SlideFn(windows)).withSideInput("traded", view))
            .setCoder(VolumeChange.coder());
    return PCollectionList.of(changes)
        .and(traded.apply("Tell silence", TellSilence.by(windows)))
        .apply("All changes", Flatten.pCollections());
  }

  private static final class SlideFn extends DoFn<KV<Integer, Iterable<Slice>>, VolumeChange> {
    private final ComparisonWindows windows;

    SlideFn(ComparisonWindows windows) {
      this.windows = windows;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Slice>> group,
        @SideInput("traded") TradedSlices traded,
        OutputReceiver<VolumeChange> out) {
      List<Slice> slices = new ArrayList<>();
      group.getValue().forEach(slices::add);
      slices.sort(Comparator.comparing(Slice::start));
      new SlidingSums(windows, slices)
          .tell(
              traded.last(),
              change ->
                  out.outputWithTimestamp(change, change.currentEnd().minus(Duration.millis(1))));
    }
  }
}

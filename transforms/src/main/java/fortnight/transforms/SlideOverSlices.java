package fortnight.transforms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

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
    PCollectionView<Long> lastOfShop =
        slices
            .apply("Slices of the shop", ParDo.of(new ShopFn()))
            .apply("All time of the shop", Firing.leave())
            .apply("Find the last", Max.longsGlobally().asSingletonView());
    return slices
        .apply("All time", Firing.<Slice>leave().withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Key by group", WithKeys.of(Slice::group).withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), Slice.coder()))
        .apply("Gather groups", GroupByKey.create())
        .apply("Slide", ParDo.of(new SlideFn(windows)).withSideInput("last", lastOfShop))
        .setCoder(VolumeChange.coder());
  }

  private static final class ShopFn extends DoFn<Slice, Long> {
    @ProcessElement
    public void process(@Element Slice slice, OutputReceiver<Long> starts) {
      if (slice.group() == Groups.SHOP) {
        starts.output(slice.start().getMillis());
      }
    }
  }

  private static final class SlideFn extends DoFn<KV<Integer, Iterable<Slice>>, VolumeChange> {
    private final ComparisonWindows windows;
    private final SilentWindows silent;

    SlideFn(ComparisonWindows windows) {
      this.windows = windows;
      this.silent = new SilentWindows(windows);
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Slice>> group,
        @SideInput("last") Long lastOfShop,
        OutputReceiver<VolumeChange> out) {
      List<Slice> slices = new ArrayList<>();
      group.getValue().forEach(slices::add);
      slices.sort(Comparator.comparing(Slice::start));
      new SlidingSums(windows, slices).tell(lastOfShop, out::outputWithTimestamp);
      if (group.getKey() == Groups.SHOP) {
        tellSilence(slices, out);
      }
    }

    private void tellSilence(List<Slice> traded, OutputReceiver<VolumeChange> out) {
      for (int i = 1; i < traded.size(); i++) {
        silent.tellBetween(
            traded.get(i - 1).start().getMillis(), traded.get(i).start().getMillis(), out);
      }
    }
  }
}

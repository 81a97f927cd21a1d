package fortnight.transforms.volumes;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.Measure;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.volumes.CompareVolumes.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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
import org.joda.time.Instant;

/**
 * Bounded-input implementation of {@link CompareVolumes}: computes the sums of all windows in one
 * pass over the slices of a group.
 *
 * <p>Sliding windows would copy each slice into every window that covers it: 336 windows for weeks
 * compared every hour.
 */
final class BoundedChanges extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;
  private final Measures measures;

  private BoundedChanges(ComparisonWindows windows, Measures measures) {
    this.windows = windows;
    this.measures = measures;
  }

  static BoundedChanges by(ComparisonWindows windows, Measures measures) {
    return new BoundedChanges(windows, measures);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    PCollectionView<Long> lastShopSlice =
        slices
            .apply("Slices of the shop", ParDo.of(new ShopFn()))
            .apply("Global window of the shop", Triggers.intoGlobal())
            .apply("Last slice of the shop", Max.longsGlobally().asSingletonView());
    return slices
        .apply(
            "Global window",
            Triggers.<Slice>intoGlobal().withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Key by group", WithKeys.of(Slice::group).withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), Slice.coder()))
        .apply("Gather groups", GroupByKey.create())
        .apply(
            "Slide", ParDo.of(new SlideFn(windows, measures)).withSideInput("last", lastShopSlice))
        .setCoder(VolumeChange.coder());
  }

  private static final class ShopFn extends DoFn<Slice, Long> {
    @ProcessElement
    public void process(@Element Slice slice, OutputReceiver<Long> starts) {
      if (slice.group() == KeyGroups.SHOP) {
        starts.output(slice.start().getMillis());
      }
    }
  }

  private static final class SlideFn extends DoFn<KV<Integer, Iterable<Slice>>, VolumeChange> {
    private final ComparisonWindows windows;
    private final Measures measures;

    SlideFn(ComparisonWindows windows, Measures measures) {
      this.windows = windows;
      this.measures = measures;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Slice>> group,
        @SideInput("last") Long lastShopSlice,
        OutputReceiver<VolumeChange> out) {
      List<Slice> slices = new ArrayList<>();
      group.getValue().forEach(slices::add);
      slices.sort(Comparator.comparing(Slice::start));
      new SlidingSums(windows, measures, slices).emit(lastShopSlice, out::outputWithTimestamp);
      if (group.getKey() == KeyGroups.SHOP) {
        emitSilentWindows(slices, out);
      }
    }

    private void emitSilentWindows(List<Slice> shopSlices, OutputReceiver<VolumeChange> out) {
      for (int i = 1; i < shopSlices.size(); i++) {
        SilentWindows.emitBetween(
            windows,
            measures,
            shopSlices.get(i - 1).start().getMillis(),
            shopSlices.get(i).start().getMillis(),
            out);
      }
    }
  }

  /**
   * Running sums of two adjacent periods. Each slice is added and removed once, regardless of the
   * number of windows that cover it.
   */
  static final class SlidingSums {
    private final long period;
    private final long every;
    private final Measures measures;
    private final List<Slice> slices;
    private final Map<Scope, Sum> sums = new HashMap<>();

    /** Index of the next slice to add to the current period. */
    private int nextAdded;

    /** Index of the next slice to move from the current to the previous period. */
    private int nextShifted;

    /** Index of the next slice to remove from the previous period. */
    private int nextRemoved;

    private static final class Sum {
      private final RunningVolume previous = new RunningVolume();
      private final RunningVolume current = new RunningVolume();
      private int slices;
    }

    /**
     * Creates sums for a group.
     *
     * @param slices the slices of the group, ordered by start
     */
    SlidingSums(ComparisonWindows windows, Measures measures, List<Slice> slices) {
      this.period = windows.period().getMillis();
      this.every = windows.every().getMillis();
      this.measures = measures;
      this.slices = slices;
    }

    /**
     * Emits the changes of all windows, in time order, up to the window that ends with the slice
     * that starts at {@code lastSlice}, each with the maximum timestamp of its window.
     */
    void emit(long lastSlice, BiConsumer<VolumeChange, Instant> out) {
      long end = firstWindowEnd();
      while (end - every <= lastSlice) {
        slideTo(end);
        if (!sums.isEmpty()) {
          emitWindow(end, out);
          end += every;
        } else if (nextAdded < slices.size()) {
          end = firstWindowEnd();
        } else {
          return;
        }
      }
    }

    /** Returns the end of the first window that contains the next slice. */
    private long firstWindowEnd() {
      return start(nextAdded) + every;
    }

    private void slideTo(long end) {
      for (; start(nextRemoved) < end - 2 * period; nextRemoved++) {
        slices.get(nextRemoved).volumes().forEach(this::remove);
      }
      for (; start(nextShifted) < end - period; nextShifted++) {
        slices.get(nextShifted).volumes().forEach(this::shift);
      }
      for (; start(nextAdded) < end; nextAdded++) {
        slices.get(nextAdded).volumes().forEach(this::add);
      }
    }

    private long start(int slice) {
      return slice < slices.size() ? slices.get(slice).start().getMillis() : Long.MAX_VALUE - every;
    }

    private void add(Scope scope, Volume volume) {
      Sum sum = sums.computeIfAbsent(scope, none -> new Sum());
      sum.current.add(volume);
      sum.slices++;
    }

    private void shift(Scope scope, Volume volume) {
      Sum sum = sums.get(scope);
      sum.current.remove(volume);
      sum.previous.add(volume);
    }

    private void remove(Scope scope, Volume volume) {
      Sum sum = sums.get(scope);
      sum.previous.remove(volume);
      sum.slices--;
      if (sum.slices == 0) {
        sums.remove(scope);
      }
    }

    private void emitWindow(long end, BiConsumer<VolumeChange, Instant> out) {
      Instant previousStart = Instant.ofEpochMilli(end - 2 * period);
      Instant currentStart = Instant.ofEpochMilli(end - period);
      Instant currentEnd = Instant.ofEpochMilli(end);
      Instant maxTimestamp = Instant.ofEpochMilli(end - 1);
      sums.forEach(
          (scope, sum) -> {
            long records =
                sum.previous.records(scope.isShop()) + sum.current.records(scope.isShop());
            for (Measure measure : measures.of(scope)) {
              out.accept(
                  new VolumeChange(
                      previousStart,
                      currentStart,
                      currentEnd,
                      scope,
                      measure,
                      sum.previous.of(measure),
                      sum.current.of(measure),
                      records,
                      Pane.ON_TIME),
                  maxTimestamp);
            }
          });
    }
  }
}

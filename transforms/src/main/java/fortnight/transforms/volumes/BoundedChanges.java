package fortnight.transforms.volumes;

import fortnight.common.Measure;
import fortnight.transforms.KeyGroups;
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
            "Slide",
            ParDo.of(new SlideFn(windows.periods(), measures)).withSideInput("last", lastShopSlice))
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
    private final Periods periods;
    private final Measures measures;

    SlideFn(Periods periods, Measures measures) {
      this.periods = periods;
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
      new SlidingSums(periods, measures, slices).emit(lastShopSlice, out::outputWithTimestamp);
      if (group.getKey() == KeyGroups.SHOP) {
        emitSilentWindows(slices, out);
      }
    }

    private void emitSilentWindows(List<Slice> shopSlices, OutputReceiver<VolumeChange> out) {
      Map<Scope, TradedSlices> traded = new HashMap<>();
      for (Slice slice : shopSlices) {
        for (Scope shop : slice.volumes().keySet()) {
          traded
              .computeIfAbsent(shop, first -> new TradedSlices(periods))
              .add(
                  slice.start().getMillis(),
                  end ->
                      SilentWindows.emit(periods, measures, shop, end, out::outputWithTimestamp));
        }
      }
    }
  }

  /**
   * Running sums of the previous and the current period. Each slice is added to and removed from
   * both once, regardless of the number of windows that cover it.
   */
  static final class SlidingSums {
    private final Periods periods;
    private final Measures measures;
    private final List<Slice> slices;
    private final Map<Scope, Sum> sums = new HashMap<>();

    /** Index of the next slice to add to the current period. */
    private int nextCurrent;

    /** Index of the next slice to remove from the current period. */
    private int nextAfterCurrent;

    /** Index of the next slice to add to the previous period. */
    private int nextPrevious;

    /** Index of the next slice to remove from the previous period. */
    private int nextAfterPrevious;

    private static final class Sum {
      private final RunningVolume previous = new RunningVolume();
      private final RunningVolume current = new RunningVolume();

      /** The number of slices that are in the current period plus those in the previous one. */
      private int slices;
    }

    /**
     * Creates sums for a group.
     *
     * @param slices the slices of the group, ordered by start
     */
    SlidingSums(Periods periods, Measures measures, List<Slice> slices) {
      this.periods = periods;
      this.measures = measures;
      this.slices = slices;
    }

    /**
     * Emits the changes of all windows, in time order, up to the window that ends with the slice
     * that starts at {@code lastSlice}, each with the maximum timestamp of its window.
     */
    void emit(long lastSlice, BiConsumer<VolumeChange, Instant> out) {
      long lastEnd = periods.firstEnd(lastSlice);
      long end = nextEndWithSlice();
      while (end <= lastEnd) {
        slideTo(end);
        if (!sums.isEmpty()) {
          emitWindow(end, out);
          end = periods.nextEnd(end);
        } else {
          end = nextEndWithSlice();
        }
      }
    }

    /** Returns the end of the next window that has a further slice in one of its periods. */
    private long nextEndWithSlice() {
      long asCurrent =
          nextCurrent < slices.size() ? periods.firstEnd(start(nextCurrent)) : Long.MAX_VALUE;
      long asPrevious =
          nextPrevious < slices.size()
              ? periods.firstEndAsPrevious(start(nextPrevious))
              : Long.MAX_VALUE;
      return Math.min(asCurrent, asPrevious);
    }

    private void slideTo(long end) {
      long previousStart = periods.previousStart(end);
      long previousEnd = periods.previousEnd(end);
      long currentStart = periods.currentStart(end);
      for (; start(nextCurrent) < end; nextCurrent++) {
        slices.get(nextCurrent).volumes().forEach(this::addToCurrent);
      }
      for (; start(nextPrevious) < previousEnd; nextPrevious++) {
        slices.get(nextPrevious).volumes().forEach(this::addToPrevious);
      }
      for (; start(nextAfterCurrent) < currentStart; nextAfterCurrent++) {
        slices.get(nextAfterCurrent).volumes().forEach(this::removeFromCurrent);
      }
      for (; start(nextAfterPrevious) < previousStart; nextAfterPrevious++) {
        slices.get(nextAfterPrevious).volumes().forEach(this::removeFromPrevious);
      }
    }

    private long start(int slice) {
      return slice < slices.size() ? slices.get(slice).start().getMillis() : Long.MAX_VALUE;
    }

    private void addToCurrent(Scope scope, Volume volume) {
      added(scope).current.add(measures.compared(scope, volume));
    }

    private void addToPrevious(Scope scope, Volume volume) {
      added(scope).previous.add(measures.compared(scope, volume));
    }

    private Sum added(Scope scope) {
      Sum sum = sums.computeIfAbsent(scope, none -> new Sum());
      sum.slices++;
      return sum;
    }

    private void removeFromCurrent(Scope scope, Volume volume) {
      removed(scope).current.remove(measures.compared(scope, volume));
    }

    private void removeFromPrevious(Scope scope, Volume volume) {
      removed(scope).previous.remove(measures.compared(scope, volume));
    }

    private Sum removed(Scope scope) {
      Sum sum = sums.get(scope);
      sum.slices--;
      if (sum.slices == 0) {
        sums.remove(scope);
      }
      return sum;
    }

    private void emitWindow(long end, BiConsumer<VolumeChange, Instant> out) {
      Instant previousStart = Instant.ofEpochMilli(periods.previousStart(end));
      Instant currentStart = Instant.ofEpochMilli(periods.currentStart(end));
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

package fortnight.transforms.volumes;

import fortnight.transforms.Int128;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
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
 * Bounded-input implementation of {@link CompareVolumes}: two periods slide over the slices of a
 * group in one pass.
 *
 * <p>Sliding windows would give each slice to every window that covers it: 336 times when a week
 * moves on every hour.
 */
final class BoundedChanges extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;

  private BoundedChanges(ComparisonWindows windows) {
    this.windows = windows;
  }

  static BoundedChanges by(ComparisonWindows windows) {
    return new BoundedChanges(windows);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    PCollectionView<Long> lastOfShop =
        slices
            .apply("Slices of the shop", ParDo.of(new ShopFn()))
            .apply("Global window of the shop", Triggers.leave())
            .apply("Last slice of the shop", Max.longsGlobally().asSingletonView());
    return slices
        .apply(
            "Global window",
            Triggers.<Slice>leave().withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Key by group", WithKeys.of(Slice::group).withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), Slice.coder()))
        .apply("Gather groups", GroupByKey.create())
        .apply("Slide", ParDo.of(new SlideFn(windows)).withSideInput("last", lastOfShop))
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

    SlideFn(ComparisonWindows windows) {
      this.windows = windows;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Slice>> group,
        @SideInput("last") Long lastOfShop,
        OutputReceiver<VolumeChange> out) {
      List<Slice> slices = new ArrayList<>();
      group.getValue().forEach(slices::add);
      slices.sort(Comparator.comparing(Slice::start));
      new SlidingSums(windows, slices).emit(lastOfShop, out::outputWithTimestamp);
      if (group.getKey() == KeyGroups.SHOP) {
        emitSilence(slices, out);
      }
    }

    private void emitSilence(List<Slice> traded, OutputReceiver<VolumeChange> out) {
      for (int i = 1; i < traded.size(); i++) {
        SilentWindows.emitBetween(
            windows, traded.get(i - 1).start().getMillis(), traded.get(i).start().getMillis(), out);
      }
    }
  }

  /**
   * Two periods that slide over the slices of a group. A slice is added once and taken away once,
   * however many windows overlap.
   */
  static final class SlidingSums {
    private final long period;
    private final long every;
    private final List<Slice> slices;
    private final Map<Scope, Sum> sums = new HashMap<>();
    private int entered;
    private int passed;
    private int left;

    private static final class Sum {
      private Int128 previous = Int128.ZERO;
      private Int128 current = Int128.ZERO;
      private long records;
      private int slices;
    }

    /**
     * About these slices.
     *
     * @param slices in the order of time
     */
    SlidingSums(ComparisonWindows windows, List<Slice> slices) {
      this.period = windows.period().getMillis();
      this.every = windows.every().getMillis();
      this.slices = slices;
    }

    /**
     * Emits the changes of all windows, in the order of time, until the one that ends with this
     * slice; with each its window's last moment.
     */
    void emit(long lastSlice, BiConsumer<VolumeChange, Instant> out) {
      long end = firstEnd();
      while (end - every <= lastSlice) {
        slideTo(end);
        if (!sums.isEmpty()) {
          emitWindow(end, out);
          end += every;
        } else if (entered < slices.size()) {
          end = firstEnd();
        } else {
          return;
        }
      }
    }

    /** Where the first window ends that has the next slice. */
    private long firstEnd() {
      return start(entered) + every;
    }

    private void slideTo(long end) {
      for (; start(left) < end - 2 * period; left++) {
        slices.get(left).volumes().forEach(this::leave);
      }
      for (; start(passed) < end - period; passed++) {
        slices.get(passed).volumes().forEach(this::pass);
      }
      for (; start(entered) < end; entered++) {
        slices.get(entered).volumes().forEach(this::enter);
      }
    }

    private long start(int slice) {
      return slice < slices.size() ? slices.get(slice).start().getMillis() : Long.MAX_VALUE - every;
    }

    private void enter(Scope scope, Volume volume) {
      Sum sum = sums.computeIfAbsent(scope, none -> new Sum());
      sum.current = sum.current.plus(Halves.amount(scope, volume));
      sum.records += volume.records(scope);
      sum.slices++;
    }

    private void pass(Scope scope, Volume volume) {
      Sum sum = sums.get(scope);
      sum.current = sum.current.minus(Halves.amount(scope, volume));
      sum.previous = sum.previous.plus(Halves.amount(scope, volume));
    }

    private void leave(Scope scope, Volume volume) {
      Sum sum = sums.get(scope);
      sum.previous = sum.previous.minus(Halves.amount(scope, volume));
      sum.records -= volume.records(scope);
      sum.slices--;
      if (sum.slices == 0) {
        sums.remove(scope);
      }
    }

    private void emitWindow(long end, BiConsumer<VolumeChange, Instant> out) {
      Instant previousStart = Instant.ofEpochMilli(end - 2 * period);
      Instant currentStart = Instant.ofEpochMilli(end - period);
      Instant currentEnd = Instant.ofEpochMilli(end);
      Instant lastMoment = Instant.ofEpochMilli(end - 1);
      sums.forEach(
          (scope, sum) ->
              out.accept(
                  new VolumeChange(
                      previousStart,
                      currentStart,
                      currentEnd,
                      scope,
                      sum.previous,
                      sum.current,
                      sum.records,
                      Pane.ON_TIME),
                  lastMoment));
    }
  }
}

package fortnight.transforms.volumes;

import fortnight.common.Measure;
import fortnight.transforms.Int128;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.volumes.CompareVolumes.Measures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.SetCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Emits a change of zero for each comparison without transactions of the shop, between those with
 * transactions; with currencies, for each currency. Window functions do not create windows without
 * elements.
 *
 * <p>In a stream, these changes are emitted once the watermark has passed the first slice with
 * transactions after the gap.
 */
final class SilentWindows extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;
  private final Measures measures;

  private SilentWindows(ComparisonWindows windows, Measures measures) {
    this.windows = windows;
    this.measures = measures;
  }

  static SilentWindows by(ComparisonWindows windows, Measures measures) {
    return new SilentWindows(windows, measures);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    return slices
        .apply("Closed slices of the shop", ParDo.of(new ClosedFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), ShopSlice.coder()))
        .apply("Global window", Triggers.intoGlobal())
        .apply("Emit silent windows", ParDo.of(new SilentFn(windows.periods(), measures)))
        .setCoder(VolumeChange.coder());
  }

  /** Emits the changes of zero of one comparison, with the maximum timestamp of its window. */
  static void emit(
      Periods periods,
      Measures measures,
      Scope shop,
      long end,
      BiConsumer<VolumeChange, Instant> out) {
    for (Measure measure : measures.ofShop()) {
      out.accept(
          new VolumeChange(
              Instant.ofEpochMilli(periods.previousStart(end)),
              Instant.ofEpochMilli(periods.currentStart(end)),
              Instant.ofEpochMilli(end),
              shop,
              measure,
              Int128.ZERO,
              Int128.ZERO,
              0,
              Pane.ON_TIME),
          Instant.ofEpochMilli(end - 1));
    }
  }

  /**
   * Emits which slices have transactions, and whether the watermark has passed them. The names of
   * this class and its step are part of savepoints.
   */
  private static final class ClosedFn extends DoFn<Slice, KV<Integer, ShopSlice>> {
    @ProcessElement
    public void process(
        @Element Slice slice, PaneInfo pane, OutputReceiver<KV<Integer, ShopSlice>> out) {
      if (slice.group() == KeyGroups.SHOP) {
        boolean isClosed = pane.getTiming() != PaneInfo.Timing.EARLY;
        out.output(KV.of(KeyGroups.SHOP, ShopSlice.of(slice, isClosed)));
      }
    }
  }

  private static final class SilentFn extends DoFn<KV<Integer, ShopSlice>, VolumeChange> {
    private static final String OPEN = "open";
    private static final String CLOSED = "closed";

    /** The currencies of slices that the watermark has not passed, by the start of the slice. */
    @StateId(OPEN)
    private final StateSpec<ValueState<Map<Long, Set<String>>>> openSpec =
        StateSpecs.value(MapCoder.of(VarLongCoder.of(), SetCoder.of(ShopSlice.CURRENCY)));

    /** The slices that the watermark has passed, by currency. */
    @StateId(CLOSED)
    private final StateSpec<ValueState<Map<String, Map<Long, Long>>>> closedSpec =
        StateSpecs.value(MapCoder.of(ShopSlice.CURRENCY, TradedSlices.coder()));

    private final Periods periods;
    private final Measures measures;

    SilentFn(Periods periods, Measures measures) {
      this.periods = periods;
      this.measures = measures;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, ShopSlice> element,
        @StateId(OPEN) ValueState<Map<Long, Set<String>>> openState,
        @StateId(CLOSED) ValueState<Map<String, Map<Long, Long>>> closedState,
        OutputReceiver<VolumeChange> out) {
      ShopSlice slice = element.getValue();
      Map<Long, Set<String>> open = copy(openState.read());
      Set<String> currencies = new HashSet<>(slice.currencies());
      Set<String> before = open.remove(slice.start());
      if (before != null) {
        currencies.addAll(before);
      }
      if (!slice.isClosed()) {
        if (!currencies.equals(before)) {
          open.put(slice.start(), currencies);
          openState.write(open);
        }
        return;
      }
      if (before != null) {
        openState.write(open);
      }
      Map<String, Map<Long, Long>> closed = copy(closedState.read());
      for (String currency : currencies) {
        Scope shop = ShopSlice.shop(currency);
        TradedSlices traded = new TradedSlices(periods, closed.getOrDefault(currency, Map.of()));
        traded.add(
            slice.start(), end -> emit(periods, measures, shop, end, out::outputWithTimestamp));
        traded.prune();
        closed.put(currency, traded.ranges());
      }
      closedState.write(closed);
    }

    /** Values of state must not be changed. */
    private static <K, V> Map<K, V> copy(Map<K, V> state) {
      return state == null ? new HashMap<>() : new HashMap<>(state);
    }

    /** Windows are emitted after the gap, with timestamps older than the input. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }
  }
}

package fortnight.transforms.volumes;

import fortnight.transforms.Int128;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.VolumeChange;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Emits a change of the shop for each window in which it had no transaction, between windows in
 * which it had some: no window function makes a window without an element.
 *
 * <p>In a stream that is when the shop has transactions again, once the watermark has passed them.
 */
final class SilentWindows extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;

  private SilentWindows(ComparisonWindows windows) {
    this.windows = windows;
  }

  static SilentWindows by(ComparisonWindows windows) {
    return new SilentWindows(windows);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    return slices
        .apply("Closed slices of the shop", ParDo.of(new ClosedFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), BigEndianLongCoder.of()))
        .apply("Global window", Triggers.leave())
        .apply("Emit silent windows", ParDo.of(new SilentFn(windows)))
        .setCoder(VolumeChange.coder());
  }

  /**
   * Emits those that begin after the slice that starts at {@code traded}, and end before the slice
   * that starts at {@code next}.
   */
  static void emitBetween(
      ComparisonWindows windows, long traded, long next, OutputReceiver<VolumeChange> out) {
    long every = windows.every().getMillis();
    long period = windows.period().getMillis();
    for (long end = traded + every + 2 * period; end <= next; end += every) {
      Instant last = Instant.ofEpochMilli(end - 1);
      out.outputWithTimestamp(
          new VolumeChange(
              Instant.ofEpochMilli(end - 2 * period),
              Instant.ofEpochMilli(end - period),
              Instant.ofEpochMilli(end),
              Scope.SHOP,
              Int128.ZERO,
              Int128.ZERO,
              0,
              Pane.ON_TIME),
          last);
    }
  }

  /** Before the watermark has passed a slice, earlier ones may not be complete. */
  private static final class ClosedFn extends DoFn<Slice, KV<Integer, Long>> {
    @ProcessElement
    public void process(
        @Element Slice slice, PaneInfo pane, OutputReceiver<KV<Integer, Long>> out) {
      if (slice.group() == KeyGroups.SHOP && pane.getTiming() != PaneInfo.Timing.EARLY) {
        out.output(KV.of(KeyGroups.SHOP, slice.start().getMillis()));
      }
    }
  }

  private static final class SilentFn extends DoFn<KV<Integer, Long>, VolumeChange> {
    private static final String OLDEST = "oldest";
    private static final String NEWEST = "newest";

    @StateId(OLDEST)
    private final StateSpec<ValueState<Long>> oldestSpec =
        StateSpecs.value(BigEndianLongCoder.of());

    @StateId(NEWEST)
    private final StateSpec<ValueState<Long>> newestSpec =
        StateSpecs.value(BigEndianLongCoder.of());

    private final ComparisonWindows windows;

    SilentFn(ComparisonWindows windows) {
      this.windows = windows;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Long> shop,
        @StateId(OLDEST) ValueState<Long> oldest,
        @StateId(NEWEST) ValueState<Long> newest,
        OutputReceiver<VolumeChange> out) {
      long slice = shop.getValue();
      Long first = oldest.read();
      Long last = newest.read();
      if (first == null || last == null) {
        oldest.write(slice);
        newest.write(slice);
      } else if (slice > last) {
        emitBetween(windows, last, slice, out);
        newest.write(slice);
      } else if (slice < first) {
        emitBetween(windows, slice, first, out);
        oldest.write(slice);
      }
    }

    /** A silent window is emitted when the silence is over. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }
  }
}

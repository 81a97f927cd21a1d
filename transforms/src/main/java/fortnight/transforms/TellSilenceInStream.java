package fortnight.transforms;

import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
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

/**
 * Gives the shop a row for each window in which it did not trade at all, when it trades again after
 * the watermark has passed that: no window function makes a window without an element.
 */
final class TellSilenceInStream extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;

  private TellSilenceInStream(ComparisonWindows windows) {
    this.windows = windows;
  }

  static TellSilenceInStream by(ComparisonWindows windows) {
    return new TellSilenceInStream(windows);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    return slices
        .apply("Closed slices of the shop", ParDo.of(new ClosedFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), BigEndianLongCoder.of()))
        .apply("All time", Firing.leave())
        .apply("Silent windows", ParDo.of(new SilentFn(windows)))
        .setCoder(VolumeChange.coder());
  }

  /** Before the watermark has passed a slice, earlier ones may not be complete. */
  private static final class ClosedFn extends DoFn<Slice, KV<Integer, Long>> {
    @ProcessElement
    public void process(
        @Element Slice slice, PaneInfo pane, OutputReceiver<KV<Integer, Long>> out) {
      if (slice.group() == Groups.SHOP && pane.getTiming() != PaneInfo.Timing.EARLY) {
        out.output(KV.of(Groups.SHOP, slice.start().getMillis()));
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

    private final SilentWindows silent;

    SilentFn(ComparisonWindows windows) {
      this.silent = new SilentWindows(windows);
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
        silent.tellBetween(last, slice, out);
        newest.write(slice);
      } else if (slice < first) {
        silent.tellBetween(slice, first, out);
        oldest.write(slice);
      }
    }

    /** The silence is over when it is told. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return EventTimes.ANY_SKEW;
    }
  }
}

package fortnight.transforms.volumes;

import fortnight.transforms.Int128;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.Measure;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.volumes.CompareVolumes.Measures;
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
 * Emits a change of zero for each window without transactions of the shop, between windows with
 * transactions. Window functions do not create windows without elements.
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
        .setCoder(KvCoder.of(VarIntCoder.of(), BigEndianLongCoder.of()))
        .apply("Global window", Triggers.intoGlobal())
        .apply("Emit silent windows", ParDo.of(new SilentFn(windows, measures)))
        .setCoder(VolumeChange.coder());
  }

  /** Emits the windows between two slices, which are given by their start times in milliseconds. */
  static void emitBetween(
      ComparisonWindows windows,
      Measures measures,
      long previous,
      long next,
      OutputReceiver<VolumeChange> out) {
    long every = windows.every().getMillis();
    long period = windows.period().getMillis();
    for (long end = previous + every + 2 * period; end <= next; end += every) {
      Instant last = Instant.ofEpochMilli(end - 1);
      for (Measure measure : measures.ofShop()) {
        out.outputWithTimestamp(
            new VolumeChange(
                Instant.ofEpochMilli(end - 2 * period),
                Instant.ofEpochMilli(end - period),
                Instant.ofEpochMilli(end),
                Scope.SHOP,
                measure,
                Int128.ZERO,
                Int128.ZERO,
                0,
                Pane.ON_TIME),
            last);
      }
    }
  }

  /** Emits slices that the watermark has passed; before that, earlier ones may be incomplete. */
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
    private final Measures measures;

    SilentFn(ComparisonWindows windows, Measures measures) {
      this.windows = windows;
      this.measures = measures;
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
        emitBetween(windows, measures, last, slice, out);
        newest.write(slice);
      } else if (slice < first) {
        emitBetween(windows, measures, slice, first, out);
        oldest.write(slice);
      }
    }

    /** Windows are emitted after the gap, with timestamps older than the input. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }
  }
}

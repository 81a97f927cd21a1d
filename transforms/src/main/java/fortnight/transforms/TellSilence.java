package fortnight.transforms;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Gives the shop a row for each window in which it did not trade at all, if it traded before and
 * after: no window function makes a window without an element.
 */
final class TellSilence extends PTransform<PCollection<TradedSlices>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;

  private TellSilence(ComparisonWindows windows) {
    this.windows = windows;
  }

  static TellSilence by(ComparisonWindows windows) {
    return new TellSilence(windows);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<TradedSlices> slices) {
    return slices
        .apply("Silent windows", ParDo.of(new SilentFn(windows)))
        .setCoder(VolumeChange.coder());
  }

  private static final class SilentFn extends DoFn<TradedSlices, VolumeChange> {
    private static final Pane PANE = new Pane(Pane.Timing.ON_TIME, 0);

    private final ComparisonWindows windows;

    SilentFn(ComparisonWindows windows) {
      this.windows = windows;
    }

    @ProcessElement
    public void process(@Element TradedSlices slices, OutputReceiver<VolumeChange> out) {
      List<Long> starts = slices.starts();
      for (int i = 1; i < starts.size(); i++) {
        tellBetween(starts.get(i - 1), starts.get(i), out);
      }
    }

    /** The windows that begin behind the one slice and end before the next. */
    private void tellBetween(long traded, long next, OutputReceiver<VolumeChange> out) {
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
                0,
                0,
                PANE),
            last);
      }
    }
  }
}

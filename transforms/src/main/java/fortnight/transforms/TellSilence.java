package fortnight.transforms;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

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
    private final SilentWindows silent;

    SilentFn(ComparisonWindows windows) {
      this.silent = new SilentWindows(windows);
    }

    @ProcessElement
    public void process(@Element TradedSlices slices, OutputReceiver<VolumeChange> out) {
      List<Long> starts = slices.starts();
      for (int i = 1; i < starts.size(); i++) {
        silent.tellBetween(starts.get(i - 1), starts.get(i), out);
      }
    }
  }
}

package fortnight.transforms.volumes;

import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import fortnight.transforms.WindowVolume;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Answers: what did the shop, and what did each item, sell in each period?
 *
 * <pre>{@code
 * SELECT window_start, window_end, scope, SUM(volume) FROM TUMBLE(slices, period) GROUP BY 1, 2, 3
 * }</pre>
 *
 * <p>Emits a row, in the global window, when the watermark passes the window's end; bounded input
 * gives one row for each window and scope. In a stream rows of open windows (if early firings are
 * asked for) and corrections of closed ones replace each other. Nothing becomes a dead letter.
 */
public final class TumblingVolumes
    extends PTransform<PCollection<Slice>, PCollection<WindowVolume>> {
  private final ComparisonWindows windows;

  private TumblingVolumes(ComparisonWindows windows) {
    this.windows = windows;
  }

  public static TumblingVolumes by(ComparisonWindows windows) {
    return new TumblingVolumes(windows);
  }

  @Override
  public PCollection<WindowVolume> expand(PCollection<Slice> slices) {
    Triggers firing = Triggers.of(windows);
    return firing
        .withOwnLateness(slices.apply("Tumbling windows", firing.intoTumbling(slices)))
        .apply("Key by group", ParDo.of(new KeyFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), new ScopeTableCoder<>(Volume.coder())))
        .apply("Sum windows", Combine.perKey(SumTablesFn.ofVolumes()))
        .apply("To window volumes", ParDo.of(new NameFn()))
        .setCoder(WindowVolume.coder())
        .apply("Global window", Triggers.leave());
  }

  private static final class KeyFn extends DoFn<Slice, KV<Integer, Map<Scope, Volume>>> {
    @ProcessElement
    public void process(@Element Slice slice, OutputReceiver<KV<Integer, Map<Scope, Volume>>> out) {
      if (slice.hasVolumes()) {
        out.output(KV.of(slice.group(), slice.volumes()));
      }
    }
  }

  private static final class NameFn extends DoFn<KV<Integer, Map<Scope, Volume>>, WindowVolume> {
    @ProcessElement
    public void process(
        @Element KV<Integer, Map<Scope, Volume>> sums,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<WindowVolume> out) {
      Pane fired = Pane.of(pane);
      sums.getValue()
          .forEach(
              (scope, volume) ->
                  out.output(new WindowVolume(window.start(), window.end(), scope, volume, fired)));
    }
  }
}

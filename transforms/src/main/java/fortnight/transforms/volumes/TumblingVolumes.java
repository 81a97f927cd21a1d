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
 * Sums the sales of the shop and of each item in each period.
 *
 * <pre>{@code
 * SELECT window_start, window_end, scope, SUM(volume) FROM TUMBLE(slices, period) GROUP BY 1, 2, 3
 * }</pre>
 *
 * <p>Emits a row, in the global window, when the watermark passes the end of its window; for
 * bounded input, one row for each window and scope. In a stream, early rows (if early firings are
 * enabled) and corrections replace each other. Emits no dead letters.
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
        .withWindowLateness(slices.apply("Tumbling windows", firing.intoTumbling(slices)))
        .apply("Key by group", ParDo.of(new KeyFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), new ScopeTableCoder<>(Volume.coder())))
        .apply("Sum windows", Combine.perKey(SumTablesFn.ofVolumes()))
        .apply("To window volumes", ParDo.of(new NameFn()))
        .setCoder(WindowVolume.coder())
        .apply("Global window", Triggers.intoGlobal());
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
                  out.output(WindowVolume.of(window.start(), window.end(), scope, volume, fired)));
    }
  }
}

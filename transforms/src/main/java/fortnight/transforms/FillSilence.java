package fortnight.transforms;

import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Gives the shop an empty slice at every step of its trading span, so that a week without a single
 * transaction still has its row. To add nothing changes no sum.
 */
final class FillSilence extends PTransform<PCollection<TradingSpan>, PCollection<Slice>> {
  private static final Map<Scope, Volume> SILENCE = Map.of(Scope.SHOP, Volume.NONE);

  private final Duration every;

  private FillSilence(Duration every) {
    this.every = every;
  }

  static FillSilence every(Duration every) {
    return new FillSilence(every);
  }

  @Override
  public PCollection<Slice> expand(PCollection<TradingSpan> spans) {
    return spans.apply("Fill", ParDo.of(new FillFn(every))).setCoder(Slice.coder());
  }

  private static final class FillFn extends DoFn<TradingSpan, Slice> {
    private final Duration every;

    FillFn(Duration every) {
      this.every = every;
    }

    @ProcessElement
    public void process(@Element TradingSpan span, OutputReceiver<Slice> out) {
      long step = every.getMillis();
      for (long start = span.firstSlice(); start <= span.lastSlice(); start += step) {
        Instant end = Instant.ofEpochMilli(start + step - 1);
        out.outputWithTimestamp(new Slice(Instant.ofEpochMilli(start), Groups.SHOP, SILENCE), end);
      }
    }
  }
}

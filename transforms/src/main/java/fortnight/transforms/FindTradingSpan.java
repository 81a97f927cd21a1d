package fortnight.transforms;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;

/**
 * Finds from when to when the shop traded: one span, at the timestamp of its first slice, or none
 * where there was no transaction.
 */
final class FindTradingSpan extends PTransform<PCollection<Slice>, PCollection<TradingSpan>> {
  @Override
  public PCollection<TradingSpan> expand(PCollection<Slice> slices) {
    return slices
        .apply("Slices of the shop", ParDo.of(new ShopFn()))
        .setCoder(TradingSpan.coder())
        .apply(
            "All time",
            Window.<TradingSpan>into(new GlobalWindows())
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Unite", Combine.globally(TradingSpan::union).withoutDefaults())
        .setCoder(TradingSpan.coder());
  }

  private static final class ShopFn extends DoFn<Slice, TradingSpan> {
    @ProcessElement
    public void process(@Element Slice slice, OutputReceiver<TradingSpan> out) {
      if (slice.group() == Groups.SHOP) {
        out.output(new TradingSpan(slice.start().getMillis(), slice.start().getMillis()));
      }
    }
  }
}

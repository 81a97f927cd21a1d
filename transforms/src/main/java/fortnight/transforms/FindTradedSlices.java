package fortnight.transforms;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.PCollection;

/**
 * Finds when the shop traded: one element, at the timestamp of the first slice, or none where there
 * was no transaction.
 */
final class FindTradedSlices extends PTransform<PCollection<Slice>, PCollection<TradedSlices>> {
  @Override
  public PCollection<TradedSlices> expand(PCollection<Slice> slices) {
    return slices
        .apply("Slices of the shop", ParDo.of(new ShopFn()))
        .setCoder(TradedSlices.coder())
        .apply(
            "All time",
            Firing.<TradedSlices>leave().withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Unite", Combine.globally(TradedSlices::union).withoutDefaults())
        .setCoder(TradedSlices.coder());
  }

  private static final class ShopFn extends DoFn<Slice, TradedSlices> {
    @ProcessElement
    public void process(@Element Slice slice, OutputReceiver<TradedSlices> out) {
      if (slice.group() == Groups.SHOP) {
        out.output(TradedSlices.of(slice.start().getMillis()));
      }
    }
  }
}

package fortnight.benchmarks.peers;

import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/** Beam as its guide teaches it: a window for each question, and a Combine in it. */
final class TextbookBeam {
  private static final Duration WEEK = Duration.millis(Week.MILLIS);
  private static final Duration MONDAY = Duration.standardDays(Week.MONDAY_DAYS);

  private TextbookBeam() {}

  /** Each analysis with the keys and texts of its rows; purchases are at their event times. */
  static Map<String, PCollection<KV<String, String>>> rows(PCollection<Purchase> purchases)
      throws NoSuchSchemaException {
    PCollection<Purchase> weeks =
        purchases.apply("Weeks", Window.into(FixedWindows.of(WEEK).withOffset(MONDAY)));
    PCollection<Purchase> fortnights =
        purchases.apply(
            "Fortnights",
            Window.into(SlidingWindows.of(WEEK.multipliedBy(2)).every(WEEK).withOffset(MONDAY)));
    return Map.of(
        Row.WEEKLY_VOLUME, weeklyVolume(weeks),
        Row.PRODUCT_VOLUME, productVolume(weeks),
        Row.VOLUME_CHANGE, volumeChange(fortnights),
        Row.PRODUCT_VOLUME_CHANGE, productVolumeChange(fortnights));
  }

  private static PCollection<KV<String, String>> weeklyVolume(PCollection<Purchase> weeks) {
    return weeks
        .apply("Volumes", MapElements.into(TypeDescriptor.of(Volume.class)).via(Volume::of))
        .apply("Sum volumes", Combine.globally(Volume::sum).withoutDefaults())
        .apply("Weekly volume", ParDo.of(RowFns.of(Row::weeklyVolume)));
  }

  private static PCollection<KV<String, String>> volumeChange(PCollection<Purchase> fortnights) {
    return fortnights
        .apply(
            "Halves",
            MapElements.into(TypeDescriptor.of(Halves.class))
                .via(purchase -> Halves.of(purchase.timestamp, 1)))
        .apply("Sum halves", Combine.globally(Halves::sum).withoutDefaults())
        .apply("Volume change", ParDo.of(RowFns.of(Row::volumeChange)));
  }

  private static PCollection<KV<String, String>> productVolume(PCollection<Purchase> weeks)
      throws NoSuchSchemaException {
    return weeks
        .apply(
            "Volumes of items",
            FlatMapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.longs(), TypeDescriptor.of(Volume.class)))
                .via(
                    purchase ->
                        Arrays.stream(purchase.lineItems)
                            .map(lineItem -> KV.of(lineItem.item, Volume.of(lineItem)))
                            .toList()))
        .setCoder(byItem(weeks, Volume.class))
        .apply("Sum volumes of items", Combine.perKey(Volume::sum))
        .apply("Product volume", ParDo.of(RowFns.ofItems(Row::productVolume)));
  }

  private static PCollection<KV<String, String>> productVolumeChange(
      PCollection<Purchase> fortnights) throws NoSuchSchemaException {
    return fortnights
        .apply(
            "Halves of items",
            FlatMapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.longs(), TypeDescriptor.of(Halves.class)))
                .via(
                    purchase ->
                        Arrays.stream(purchase.lineItems)
                            .map(
                                lineItem ->
                                    KV.of(
                                        lineItem.item,
                                        Halves.of(purchase.timestamp, lineItem.quantity)))
                            .toList()))
        .setCoder(byItem(fortnights, Halves.class))
        .apply("Sum halves of items", Combine.perKey(Halves::sum))
        .apply("Product volume change", ParDo.of(RowFns.ofItems(Row::productVolumeChange)));
  }

  private static <T> Coder<KV<Long, T>> byItem(PCollection<?> of, Class<T> type)
      throws NoSuchSchemaException {
    return KvCoder.of(VarLongCoder.of(), of.getPipeline().getSchemaRegistry().getSchemaCoder(type));
  }
}

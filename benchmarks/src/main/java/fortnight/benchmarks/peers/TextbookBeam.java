package fortnight.benchmarks.peers;

import fortnight.common.Analysis;
import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/** A Beam pipeline as its guide teaches it: a window and a Combine for each analysis. */
final class TextbookBeam {
  private static final Duration WEEK = Duration.millis(Week.MILLIS);
  private static final Duration MONDAY = Duration.standardDays(Week.MONDAY_DAYS);

  private TextbookBeam() {}

  /** The keys and texts of rows by analysis; purchases must have their event times. */
  static Map<String, PCollection<KV<String, String>>> rows(PCollection<Purchase> purchases)
      throws NoSuchSchemaException {
    PCollection<Purchase> weeks =
        purchases.apply("Weeks", Window.into(FixedWindows.of(WEEK).withOffset(MONDAY)));
    PCollection<Purchase> fortnights =
        purchases.apply(
            "Fortnights",
            Window.into(SlidingWindows.of(WEEK.multipliedBy(2)).every(WEEK).withOffset(MONDAY)));
    return Map.of(
        Analysis.WEEKLY_VOLUME.title(), weeklyVolume(weeks),
        Analysis.PRODUCT_VOLUME.title(), productVolume(weeks),
        Analysis.VOLUME_CHANGE.title(), volumeChange(fortnights),
        Analysis.PRODUCT_VOLUME_CHANGE.title(), productVolumeChange(fortnights));
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

  /** DoFns that convert the sums of a window to the key and the text of a row. */
  private static final class RowFns {
    private RowFns() {}

    static <T> DoFn<T, KV<String, String>> of(Row.OfShop<T> row) {
      return new ShopFn<>(row);
    }

    static <T> DoFn<KV<Long, T>, KV<String, String>> ofItems(Row.OfItem<T> row) {
      return new ItemFn<>(row);
    }

    private static final class ShopFn<T> extends DoFn<T, KV<String, String>> {
      private final Row.OfShop<T> rows;

      ShopFn(Row.OfShop<T> rows) {
        this.rows = rows;
      }

      @ProcessElement
      public void process(
          @Element T sold, IntervalWindow window, OutputReceiver<KV<String, String>> out) {
        Row row = rows.of(window.start().getMillis(), sold);
        out.output(KV.of(row.key(), row.json()));
      }
    }

    private static final class ItemFn<T> extends DoFn<KV<Long, T>, KV<String, String>> {
      private final Row.OfItem<T> rows;

      ItemFn(Row.OfItem<T> rows) {
        this.rows = rows;
      }

      @ProcessElement
      public void process(
          @Element KV<Long, T> sold,
          IntervalWindow window,
          OutputReceiver<KV<String, String>> out) {
        Row row = rows.of(window.start().getMillis(), sold.getKey(), sold.getValue());
        out.output(KV.of(row.key(), row.json()));
      }
    }
  }
}

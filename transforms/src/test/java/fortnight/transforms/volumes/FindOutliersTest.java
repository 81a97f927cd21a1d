package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.item;
import static fortnight.transforms.Sales.sale;
import static fortnight.transforms.Sales.sales;
import static fortnight.transforms.Sales.timed;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.joda.time.Duration.standardDays;
import static org.joda.time.Duration.standardSeconds;

import fortnight.common.Measure;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Pane;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are "start item measure previous>current pane". */
@ExtendWith(TestPipelineExtension.class)
class FindOutliersTest {
  private static final ComparisonWindows WEEKS =
      ComparisonWindows.weeks().withAllowedLateness(standardDays(3));
  private static final ComparisonWindows DAILY =
      ComparisonWindows.of(standardDays(7), standardDays(1), DayOfWeek.MONDAY);

  @Test
  void findsLargeRatios(TestPipeline pipeline) {
    PCollection<String> outliers =
        outliers(sales(pipeline, weeksWithAllRatios()), WEEKS, OutlierLimits.DEFAULT);

    PAssert.that(outliers)
        .containsInAnyOrder(
            "2023-01-09 1 UNITS 10>70 ON_TIME",
            "2023-01-09 2 UNITS 100>15 ON_TIME",
            "2023-01-09 5 UNITS 20>0 ON_TIME",
            "2023-01-09 6 UNITS 1>7 ON_TIME");
    pipeline.run();
  }

  @Test
  void usesTheLimits(TestPipeline pipeline) {
    PCollection<Transaction> sales = sales(pipeline, weeksWithAllRatios());

    PAssert.that(outliers(sales, WEEKS, limits("6.9", "0.1", "20", 0)))
        .containsInAnyOrder(
            "2023-01-09 1 UNITS 10>70 ON_TIME",
            "2023-01-09 3 UNITS 10>69 ON_TIME",
            "2023-01-09 5 UNITS 20>0 ON_TIME");
    pipeline.run();
  }

  /** Units have one decimal, and so 20 of them are two. */
  @Test
  void comparesTheLargerAmountInWholeUnits(TestPipeline pipeline) {
    PCollection<Transaction> sales = sales(pipeline, weeksWithAllRatios());

    PAssert.that(outliers(sales, WEEKS, limits("7", "0.15", "2.1", 1)))
        .containsInAnyOrder(
            "2023-01-09 1 UNITS 10>70 ON_TIME", "2023-01-09 2 UNITS 100>15 ON_TIME");
    pipeline.run();
  }

  /** Item 4 has no ratio, since it was not sold before. */
  private static Transaction[] weeksWithAllRatios() {
    return new Transaction[] {
      sale("2023-01-02", units(1, 10), units(2, 100), units(3, 10), units(5, 20), units(6, 1)),
      sale(
          "2023-01-15T23:59:59",
          units(1, 70),
          units(2, 15),
          units(3, 69),
          units(4, 50),
          units(6, 7))
    };
  }

  @Test
  void findsRevenueApartFromUnits(TestPipeline pipeline) {
    PCollection<Transaction> sales =
        sales(
            pipeline,
            sale("2023-01-02", priced(1, 2, 100), priced(2, 1, 699), priced(3, -1, -500)),
            sale("2023-01-15T23:00", priced(1, 3, 700), priced(2, 7, 699), priced(3, 1, 500)));
    PCollection<Slice> slices = sales.apply(SliceVolumes.by(WEEKS));

    PAssert.that(
            slices
                .apply(CompareVolumes.by(WEEKS).withRevenue(true))
                .apply(FindOutliers.of(limits("7", "0.15", "7", 0), slices))
                .apply(MapElements.into(strings()).via(row -> format(row))))
        .containsInAnyOrder(
            "2023-01-09 1 REVENUE 100>700 ON_TIME", "2023-01-09 2 UNITS 1>7 ON_TIME");
    pipeline.run();
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-02, 2023-01-15T23:59:59.999, true",
    "2022-12-25, 2023-02-01, true",
    "2023-01-02T08:24, 2023-01-15T15:36, true",
    "2023-01-02T08:24:00.001, 2023-01-15T15:36, false",
    "2023-01-02T08:24, 2023-01-15T15:35:59.999, false"
  })
  void needsDataOfBothPeriods(String first, String last, boolean isCovered) {
    VolumeChange change =
        new VolumeChange(
            at("2023-01-02"),
            at("2023-01-09"),
            at("2023-01-16"),
            item(7),
            Measure.UNITS,
            Int128.of(1),
            Int128.of(10),
            2,
            Pane.ON_TIME);
    Coverage coverage = new Coverage(at(first).getMillis(), at(last).getMillis());

    assertThat(coverage.contains(change)).isEqualTo(isCovered);
  }

  @Test
  void findsTheOutliersOfManyWindows(TestPipeline pipeline) {
    PCollection<Transaction> sales =
        sales(
            pipeline,
            sale(8, 1, "2023-01-02"),
            sale(7, 1, "2023-01-03"),
            sale(7, 9, "2023-01-10"),
            sale(7, 1, "2023-01-20"),
            sale(8, 1, "2023-02-01"));

    PAssert.that(outliers(sales, DAILY, OutlierLimits.DEFAULT))
        .containsInAnyOrder(
            "2023-01-09 8 UNITS 1>0 ON_TIME",
            "2023-01-09 7 UNITS 1>9 ON_TIME",
            "2023-01-10 7 UNITS 1>9 ON_TIME",
            "2023-01-11 7 UNITS 9>0 ON_TIME",
            "2023-01-12 7 UNITS 9>0 ON_TIME",
            "2023-01-13 7 UNITS 9>0 ON_TIME",
            "2023-01-14 7 UNITS 9>1 ON_TIME",
            "2023-01-15 7 UNITS 9>1 ON_TIME",
            "2023-01-16 7 UNITS 9>1 ON_TIME",
            "2023-01-17 7 UNITS 9>1 ON_TIME",
            "2023-01-21 7 UNITS 1>0 ON_TIME",
            "2023-01-22 7 UNITS 1>0 ON_TIME",
            "2023-01-23 7 UNITS 1>0 ON_TIME",
            "2023-01-24 7 UNITS 1>0 ON_TIME",
            "2023-01-25 7 UNITS 1>0 ON_TIME");
    pipeline.run();
  }

  @Test
  void areEmittedWhenTheirWindowEnds(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(sale(7, 1, "2023-01-02")))
            .advanceWatermarkTo(at("2023-01-09"))
            .addElements(timed(sale(7, 10, "2023-01-10")))
            .advanceProcessingTime(standardSeconds(11))
            .addElements(timed(sale(7, 1, "2023-01-15T23:00")))
            .advanceProcessingTime(standardSeconds(11))
            .advanceWatermarkTo(at("2023-01-16"))
            .advanceWatermarkToInfinity();

    PAssert.that(
            outliers(
                pipeline.apply(stream),
                WEEKS.withEarlyFiringsEvery(standardSeconds(10)),
                OutlierLimits.DEFAULT))
        .containsInAnyOrder("2023-01-09 7 UNITS 1>11 ON_TIME");
    pipeline.run();
  }

  @Test
  void areEmittedAgainForACorrection(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(sale(7, 1, "2023-01-02")), timed(sale(8, 8, "2023-01-02")))
            .addElements(timed(sale(7, 10, "2023-01-10")), timed(sale(8, 1, "2023-01-10")))
            .addElements(timed(sale(9, 1, "2023-01-15T23:00")))
            .advanceWatermarkTo(at("2023-01-16T01:00"))
            .addElements(timed(sale(7, 5, "2023-01-11"))) // is still an outlier
            .advanceWatermarkTo(at("2023-01-16T02:00"))
            .addElements(timed(sale(8, 3, "2023-01-11"))) // is no longer one
            .advanceWatermarkTo(at("2023-01-16T03:00"))
            .advanceWatermarkToInfinity();

    PAssert.that(outliers(pipeline.apply(stream), WEEKS, OutlierLimits.DEFAULT))
        .containsInAnyOrder(
            "2023-01-09 7 UNITS 1>10 ON_TIME",
            "2023-01-09 8 UNITS 8>1 ON_TIME",
            "2023-01-09 7 UNITS 1>15 LATE");
    pipeline.run();
  }

  @Test
  @Tag("stream")
  void areFoundIfTheWatermarkPassesManySlicesAtOnce(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(sale(7, 1, "2023-01-02")))
            .addElements(timed(sale(7, 10, "2023-01-10")))
            .advanceWatermarkTo(at("2023-01-16"))
            .advanceWatermarkToInfinity();

    PAssert.that(outliers(pipeline.apply(stream), DAILY, OutlierLimits.DEFAULT))
        .containsInAnyOrder("2023-01-09 7 UNITS 1>10 ON_TIME");
    pipeline.run();
  }

  /** The shop is closed on Sundays. */
  @Test
  void areEmittedWithoutTransactionsShortlyBeforeTheEnd(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(sale(7, 1, "2023-01-02")))
            .addElements(timed(sale(7, 10, "2023-01-14T18:00")))
            .advanceWatermarkTo(at("2023-01-16T10:00"))
            .addElements(timed(sale(7, 10, "2023-01-16T10:00")))
            .advanceWatermarkToInfinity();

    PAssert.that(outliers(pipeline.apply(stream), WEEKS, OutlierLimits.DEFAULT))
        .containsInAnyOrder("2023-01-09 7 UNITS 1>10 ON_TIME");
    pipeline.run();
  }

  private static PCollection<String> outliers(
      PCollection<Transaction> transactions, ComparisonWindows windows, OutlierLimits limits) {
    PCollection<Slice> slices = transactions.apply(SliceVolumes.by(windows));
    return slices
        .apply(CompareVolumes.by(windows))
        .apply(FindOutliers.of(limits, slices))
        .apply(MapElements.into(strings()).via(row -> format(row)));
  }

  /** Revenue has two decimals. */
  private static OutlierLimits limits(
      String above, String below, String minimum, int unitDecimals) {
    return new OutlierLimits(
        Double.parseDouble(above),
        Double.parseDouble(below),
        new BigDecimal(minimum),
        unitDecimals,
        2);
  }

  private static LineItem units(long item, long quantity) {
    return LineItem.of(Id.ofInteger(item), quantity);
  }

  private static LineItem priced(long item, long quantity, long cents) {
    return LineItem.of(Id.ofInteger(item), quantity, Int128.of(cents), List.of());
  }

  private static String format(VolumeChange row) {
    return "%s %s %s %s>%s %s"
        .formatted(
            row.currentStart().toString().substring(0, 10),
            row.scope().value(),
            row.measure(),
            row.previous(),
            row.current(),
            row.pane());
  }
}

package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.item;
import static fortnight.transforms.Sales.onTime;
import static fortnight.transforms.Sales.sale;
import static fortnight.transforms.Sales.sales;
import static fortnight.transforms.Sales.volume;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.joda.time.Duration.standardDays;

import fortnight.transforms.Id;
import fortnight.transforms.Scope;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import fortnight.transforms.WindowVolume;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class TumblingVolumesTest {
  private static final Duration WEEK = standardDays(7);
  private static final ComparisonWindows WEEKS = ComparisonWindows.weeks();

  @Test
  void sumsCalendarWeeks(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 1, "2023-01-01T23:59:59.999"),
            sale(10, 2, "2023-01-02"),
            sale(10, 3, "2023-01-08T23:59:59.999"));

    PCollection<WindowVolume> volumes = volumes(transactions, WEEKS);

    PAssert.that(volumes)
        .containsInAnyOrder(
            week(
                "2022-12-26",
                "2023-01-02",
                Scope.SHOP,
                volume(1, 1, 1, "2023-01-01T23:59:59.999", "2023-01-01T23:59:59.999")),
            week("2022-12-26", "2023-01-02", item(10), Volume.ofItem(1, 1)),
            week(
                "2023-01-02",
                "2023-01-09",
                Scope.SHOP,
                volume(2, 2, 5, "2023-01-02", "2023-01-08T23:59:59.999")),
            week("2023-01-02", "2023-01-09", item(10), Volume.ofItem(2, 5)));
    pipeline.run();
  }

  @Test
  void subtractsReturnsAndDistinguishesIntegerAndStringIds(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(7, 2, "2023-01-02"),
            sale(7, -3, "2023-01-03"),
            sale(Id.ofString("7"), 4, "2023-01-04"),
            sale("2023-01-05"));

    PCollection<WindowVolume> volumes = volumes(transactions, WEEKS);

    PAssert.that(volumes)
        .containsInAnyOrder(
            week(
                "2023-01-02",
                "2023-01-09",
                Scope.SHOP,
                volume(4, 3, 3, "2023-01-02", "2023-01-05")),
            week("2023-01-02", "2023-01-09", item(7), Volume.ofItem(2, -1)),
            week("2023-01-02", "2023-01-09", Scope.of(Id.ofString("7")), Volume.ofItem(1, 4)));
    pipeline.run();
  }

  @Test
  void combinesDailySlicesIntoWeeksStartingOnSunday(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 1, "2023-01-01"),
            sale(10, 2, "2023-01-07T12:00"),
            sale(10, 4, "2023-01-08"));

    PCollection<WindowVolume> volumes =
        volumes(transactions, ComparisonWindows.of(WEEK, standardDays(1), SUNDAY));

    PAssert.that(volumes)
        .containsInAnyOrder(
            week(
                "2023-01-01",
                "2023-01-08",
                Scope.SHOP,
                volume(2, 2, 3, "2023-01-01", "2023-01-07T12:00")),
            week("2023-01-01", "2023-01-08", item(10), Volume.ofItem(2, 3)),
            week(
                "2023-01-08",
                "2023-01-15",
                Scope.SHOP,
                volume(1, 1, 4, "2023-01-08", "2023-01-08")),
            week("2023-01-08", "2023-01-15", item(10), Volume.ofItem(1, 4)));
    pipeline.run();
  }

  @Test
  void isIndependentOfTheSliceLength(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 1, "2023-01-02T00:01"),
            sale(20, 2, "2023-01-04T12:00"),
            sale(10, 4, "2023-01-08T23:59"));

    PCollection<WindowVolume> hourly =
        transactions
            .apply(SliceVolumes.by(ComparisonWindows.of(WEEK, Duration.standardHours(1), MONDAY)))
            .apply("Hourly", TumblingVolumes.by(ComparisonWindows.of(WEEK, WEEK, MONDAY)));

    PAssert.that(hourly)
        .containsInAnyOrder(
            week(
                "2023-01-02",
                "2023-01-09",
                Scope.SHOP,
                volume(3, 3, 7, "2023-01-02T00:01", "2023-01-08T23:59")),
            week("2023-01-02", "2023-01-09", item(10), Volume.ofItem(2, 5)),
            week("2023-01-02", "2023-01-09", item(20), Volume.ofItem(1, 2)));
    pipeline.run();
  }

  @Test
  void emitsNoRowForPeriodsWithoutSales(TestPipeline pipeline) {
    PCollection<Transaction> none = pipeline.apply(Create.empty(Transaction.coder()));

    PCollection<WindowVolume> volumes = volumes(none, WEEKS);

    PAssert.that(volumes).empty();
    pipeline.run();
  }

  private static PCollection<WindowVolume> volumes(
      PCollection<Transaction> transactions, ComparisonWindows windows) {
    return transactions.apply(SliceVolumes.by(windows)).apply(TumblingVolumes.by(windows));
  }

  private static WindowVolume week(String start, String end, Scope scope, Volume volume) {
    return WindowVolume.of(at(start), at(end), scope, volume, onTime());
  }
}

package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.item;
import static fortnight.transforms.Sales.onTime;
import static fortnight.transforms.Sales.sale;
import static fortnight.transforms.Sales.sales;
import static fortnight.transforms.Scope.SHOP;
import static org.joda.time.Duration.standardDays;

import fortnight.common.Measure;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.Scope;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class CompareVolumesTest {
  private static final Duration WEEK = standardDays(7);
  private static final ComparisonWindows WEEKS = ComparisonWindows.weeks();

  @Test
  void comparesTransactionsOfTheShopAndUnitsOfEachItem(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 4, "2023-01-02"),
            sale(10, 6, "2023-01-09"),
            sale(10, -1, "2023-01-15T23:59:59.999"));

    PCollection<VolumeChange> changes = changes(transactions);

    PAssert.that(changes)
        .containsInAnyOrder(
            change("2023-01-02", SHOP, 0, 1),
            change("2023-01-02", item(10), 0, 4, 1),
            change("2023-01-09", SHOP, 1, 2),
            change("2023-01-09", item(10), 4, 5, 3));
    pipeline.run();
  }

  @Test
  void assignsTheLastMillisecondOfSundayToTheEndingWeek(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 1, "2023-01-08T23:59:59.999"),
            sale(10, 3, "2023-01-09T00:00:00.000"));

    PCollection<VolumeChange> changes = changes(transactions);

    PAssert.that(changes)
        .containsInAnyOrder(
            change("2023-01-02", SHOP, 0, 1),
            change("2023-01-02", item(10), 0, 1, 1),
            change("2023-01-09", SHOP, 1, 1),
            change("2023-01-09", item(10), 1, 3, 2));
    pipeline.run();
  }

  @Test
  void emitsARowForAnItemWithoutCurrentSales(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 4, "2023-01-02"),
            sale(20, 1, "2023-01-09"),
            sale(20, 1, "2023-01-16"));

    PCollection<VolumeChange> changes = changes(transactions);

    PAssert.that(changes)
        .containsInAnyOrder(
            change("2023-01-02", SHOP, 0, 1),
            change("2023-01-02", item(10), 0, 4, 1),
            change("2023-01-09", SHOP, 1, 1),
            change("2023-01-09", item(10), 4, 0, 1),
            change("2023-01-09", item(20), 0, 1, 1),
            change("2023-01-16", SHOP, 1, 1),
            change("2023-01-16", item(20), 1, 1, 2));
    pipeline.run();
  }

  @Test
  void emitsARowOfTheShopForEveryWeekWithoutSales(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(pipeline, sale(10, 4, "2023-01-02"), sale(10, 5, "2023-01-30"));

    PCollection<VolumeChange> changes = changes(transactions);

    PAssert.that(changes)
        .containsInAnyOrder(
            change("2023-01-02", SHOP, 0, 1),
            change("2023-01-02", item(10), 0, 4, 1),
            change("2023-01-09", SHOP, 1, 0),
            change("2023-01-09", item(10), 4, 0, 1),
            change("2023-01-16", SHOP, 0, 0),
            change("2023-01-23", SHOP, 0, 0),
            change("2023-01-30", SHOP, 0, 1),
            change("2023-01-30", item(10), 0, 5, 1));
    pipeline.run();
  }

  @Test
  void distinguishesIntegerAndStringIdsAndEmitsARowIfReturnsSumToZero(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(7, 2, "2023-01-02"),
            sale(7, -2, "2023-01-03"),
            sale(Id.ofString("7"), -1, "2023-01-04"));

    PCollection<VolumeChange> changes = changes(transactions);

    PAssert.that(changes)
        .containsInAnyOrder(
            change("2023-01-02", SHOP, 0, 3),
            change("2023-01-02", item(7), 0, 0, 2),
            change("2023-01-02", Scope.of(Id.ofString("7")), 0, -1, 1));
    pipeline.run();
  }

  @Test
  void emitsNothingForEmptyInput(TestPipeline pipeline) {
    PCollection<VolumeChange> changes = changes(pipeline.apply(Create.empty(Transaction.coder())));

    PAssert.that(changes).empty();
    pipeline.run();
  }

  private static PCollection<VolumeChange> changes(PCollection<Transaction> transactions) {
    return transactions.apply(SliceVolumes.by(WEEKS)).apply(CompareVolumes.by(WEEKS));
  }

  private static VolumeChange change(String currentStart, Scope shop, long previous, long current) {
    return change(currentStart, shop, previous, current, previous + current);
  }

  private static VolumeChange change(
      String currentStart, Scope scope, long previous, long current, long version) {
    Instant start = at(currentStart);
    return new VolumeChange(
        start.minus(WEEK),
        start,
        start.plus(WEEK),
        scope,
        scope.isShop() ? Measure.TRANSACTIONS : Measure.UNITS,
        Int128.of(previous),
        Int128.of(current),
        version,
        onTime());
  }
}

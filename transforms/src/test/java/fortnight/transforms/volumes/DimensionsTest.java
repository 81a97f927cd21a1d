package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.sales;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.WindowVolume;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Volumes by store and category, and in two currencies. */
@ExtendWith(TestPipelineExtension.class)
class DimensionsTest {
  private static final ComparisonWindows WEEKS = ComparisonWindows.weeks();
  private static final List<Grouping> GROUPINGS =
      List.of(new Grouping("category", true, 0), new Grouping("store", false, 0));

  private static final Id NORTH = Id.ofString("north");
  private static final Id TEA = Id.ofString("tea");
  private static final Id COFFEE = Id.ofString("coffee");

  @Test
  void sumsByDimension(TestPipeline pipeline) {
    PCollection<Slice> slices =
        sales(
                pipeline,
                sale("a", "2023-01-02", null, NORTH, line(1, 2, 500, TEA), line(2, 1, 99, COFFEE)),
                sale("b", "2023-01-03", null, NORTH, line(1, -1, -250, TEA)),
                sale("c", "2023-01-04", null, Id.NULL, line(3, 4, 400, Id.NULL)),
                sale("d", "2023-01-05", null, NORTH),
                sale("e", "2023-01-10", null, Id.NULL, line(1, 1, 250, TEA)))
            .apply(SliceVolumes.by(WEEKS).withGroupings(GROUPINGS));

    PAssert.that(volumes(slices))
        .containsInAnyOrder(
            "2023-01-02 shop: 4 transactions, 4 line items, 6 units, 749",
            "2023-01-02 product 1: 2 line items, 1 units, 250",
            "2023-01-02 product 2: 1 line items, 1 units, 99",
            "2023-01-02 product 3: 1 line items, 4 units, 400",
            "2023-01-02 category tea: 2 line items, 1 units, 250",
            "2023-01-02 category coffee: 1 line items, 1 units, 99",
            "2023-01-02 category null: 1 line items, 4 units, 400",
            "2023-01-02 store north: 3 transactions, 3 line items, 2 units, 349",
            "2023-01-02 store null: 1 transactions, 1 line items, 4 units, 400",
            "2023-01-09 shop: 1 transactions, 1 line items, 1 units, 250",
            "2023-01-09 product 1: 1 line items, 1 units, 250",
            "2023-01-09 category tea: 1 line items, 1 units, 250",
            "2023-01-09 store null: 1 transactions, 1 line items, 1 units, 250");
    PAssert.that(changes(slices))
        .containsInAnyOrder(
            "2023-01-02 shop TRANSACTIONS: 0>4, 4",
            "2023-01-02 shop REVENUE: 0>749, 4",
            "2023-01-02 product 1 UNITS: 0>1, 2",
            "2023-01-02 product 1 REVENUE: 0>250, 2",
            "2023-01-02 product 2 UNITS: 0>1, 1",
            "2023-01-02 product 2 REVENUE: 0>99, 1",
            "2023-01-02 product 3 UNITS: 0>4, 1",
            "2023-01-02 product 3 REVENUE: 0>400, 1",
            "2023-01-02 category tea UNITS: 0>1, 2",
            "2023-01-02 category tea REVENUE: 0>250, 2",
            "2023-01-02 category coffee UNITS: 0>1, 1",
            "2023-01-02 category coffee REVENUE: 0>99, 1",
            "2023-01-02 category null UNITS: 0>4, 1",
            "2023-01-02 category null REVENUE: 0>400, 1",
            "2023-01-02 store north UNITS: 0>2, 3",
            "2023-01-02 store north REVENUE: 0>349, 3",
            "2023-01-02 store null UNITS: 0>4, 1",
            "2023-01-02 store null REVENUE: 0>400, 1",
            "2023-01-09 shop TRANSACTIONS: 4>1, 5",
            "2023-01-09 shop REVENUE: 749>250, 5",
            "2023-01-09 product 1 UNITS: 1>1, 3",
            "2023-01-09 product 1 REVENUE: 250>250, 3",
            "2023-01-09 product 2 UNITS: 1>0, 1",
            "2023-01-09 product 2 REVENUE: 99>0, 1",
            "2023-01-09 product 3 UNITS: 4>0, 1",
            "2023-01-09 product 3 REVENUE: 400>0, 1",
            "2023-01-09 category tea UNITS: 1>1, 3",
            "2023-01-09 category tea REVENUE: 250>250, 3",
            "2023-01-09 category coffee UNITS: 1>0, 1",
            "2023-01-09 category coffee REVENUE: 99>0, 1",
            "2023-01-09 category null UNITS: 4>0, 1",
            "2023-01-09 category null REVENUE: 400>0, 1",
            "2023-01-09 store north UNITS: 2>0, 3",
            "2023-01-09 store north REVENUE: 349>0, 3",
            "2023-01-09 store null UNITS: 4>1, 2",
            "2023-01-09 store null REVENUE: 400>250, 2");
    pipeline.run();
  }

  /** The shop sells in EUR in the first and the fourth week, and in USD in the second one. */
  @Test
  void doesNotAddCurrencies(TestPipeline pipeline) {
    PCollection<Slice> slices =
        sales(
                pipeline,
                sale("a", "2023-01-02", "EUR", NORTH, line(1, 2, 500, TEA)),
                sale("b", "2023-01-10", "USD", NORTH, line(1, 1, 300, TEA)),
                sale("c", "2023-01-24", "EUR", NORTH, line(1, 1, 250, TEA)))
            .apply(SliceVolumes.by(WEEKS));

    PAssert.that(volumes(slices))
        .containsInAnyOrder(
            "2023-01-02 shop in EUR: 1 transactions, 1 line items, 2 units, 500",
            "2023-01-02 product 1 in EUR: 1 line items, 2 units, 500",
            "2023-01-09 shop in USD: 1 transactions, 1 line items, 1 units, 300",
            "2023-01-09 product 1 in USD: 1 line items, 1 units, 300",
            "2023-01-23 shop in EUR: 1 transactions, 1 line items, 1 units, 250",
            "2023-01-23 product 1 in EUR: 1 line items, 1 units, 250");
    PAssert.that(changes(slices))
        .containsInAnyOrder(
            "2023-01-02 shop in EUR TRANSACTIONS: 0>1, 1",
            "2023-01-02 shop in EUR REVENUE: 0>500, 1",
            "2023-01-02 product 1 in EUR UNITS: 0>2, 1",
            "2023-01-02 product 1 in EUR REVENUE: 0>500, 1",
            "2023-01-09 shop in EUR TRANSACTIONS: 1>0, 1",
            "2023-01-09 shop in EUR REVENUE: 500>0, 1",
            "2023-01-09 product 1 in EUR UNITS: 2>0, 1",
            "2023-01-09 product 1 in EUR REVENUE: 500>0, 1",
            "2023-01-09 shop in USD TRANSACTIONS: 0>1, 1",
            "2023-01-09 shop in USD REVENUE: 0>300, 1",
            "2023-01-09 product 1 in USD UNITS: 0>1, 1",
            "2023-01-09 product 1 in USD REVENUE: 0>300, 1",
            // Without transactions in EUR.
            "2023-01-16 shop in EUR TRANSACTIONS: 0>0, 0",
            "2023-01-16 shop in EUR REVENUE: 0>0, 0",
            "2023-01-16 shop in USD TRANSACTIONS: 1>0, 1",
            "2023-01-16 shop in USD REVENUE: 300>0, 1",
            "2023-01-16 product 1 in USD UNITS: 1>0, 1",
            "2023-01-16 product 1 in USD REVENUE: 300>0, 1",
            "2023-01-23 shop in EUR TRANSACTIONS: 0>1, 1",
            "2023-01-23 shop in EUR REVENUE: 0>250, 1",
            "2023-01-23 product 1 in EUR UNITS: 0>1, 1",
            "2023-01-23 product 1 in EUR REVENUE: 0>250, 1");
    pipeline.run();
  }

  /** Each record of a flat format is a line item. */
  @Test
  void countsDistinctTransactionsOfADimension(TestPipeline pipeline) {
    PCollection<Slice> slices =
        sales(
                pipeline,
                sale("a", "2023-01-02", "EUR", NORTH, line(1, 2, 500)),
                sale("a", "2023-01-02T00:01", "EUR", NORTH, line(2, 1, 100)),
                sale("a", "2023-01-02T00:02", "EUR", Id.NULL, line(2, 1, 100)),
                sale("b", "2023-01-03", "EUR", NORTH, line(1, 1, 250)),
                sale("b", "2023-01-04", "USD", NORTH, line(1, 1, 300)))
            .apply(
                SliceVolumes.by(WEEKS)
                    .withDistinctTransactions(true)
                    .withGroupings(List.of(new Grouping("store", false, 0))));

    PAssert.that(volumes(slices))
        .containsInAnyOrder(
            "2023-01-02 shop in EUR: 2 transactions, 4 line items, 5 units, 950",
            "2023-01-02 product 1 in EUR: 2 line items, 3 units, 750",
            "2023-01-02 product 2 in EUR: 2 line items, 2 units, 200",
            "2023-01-02 store north in EUR: 2 transactions, 3 line items, 4 units, 850",
            "2023-01-02 store null in EUR: 1 transactions, 1 line items, 1 units, 100",
            "2023-01-02 shop in USD: 1 transactions, 1 line items, 1 units, 300",
            "2023-01-02 product 1 in USD: 1 line items, 1 units, 300",
            "2023-01-02 store north in USD: 1 transactions, 1 line items, 1 units, 300");
    pipeline.run();
  }

  private static Transaction sale(
      String id, String at, @Nullable String currency, Id store, LineItem... lineItems) {
    Instant time = at(at);
    return new Transaction(
        Id.ofString(id), null, time, List.of(lineItems), currency, List.of(store));
  }

  private static LineItem line(long item, long quantity, long cents, Id... dimensions) {
    return LineItem.of(Id.ofInteger(item), quantity, Int128.of(cents), List.of(dimensions));
  }

  private static PCollection<String> volumes(PCollection<Slice> slices) {
    return slices
        .apply(TumblingVolumes.by(WEEKS))
        .apply("Format volumes", MapElements.into(strings()).via(row -> format(row)));
  }

  private static PCollection<String> changes(PCollection<Slice> slices) {
    return slices
        .apply(CompareVolumes.by(WEEKS).withRevenue(true))
        .apply("Format changes", MapElements.into(strings()).via(row -> format(row)));
  }

  private static String format(WindowVolume row) {
    String transactions = row.volume().records() > 0 ? row.transactions() + " transactions, " : "";
    return "%s %s: %s%d line items, %s units, %s"
        .formatted(
            day(row.start()),
            format(row.scope()),
            transactions,
            row.volume().lineItems(),
            row.volume().units(),
            row.volume().revenue());
  }

  private static String format(VolumeChange row) {
    return "%s %s %s: %s>%s, %d"
        .formatted(
            day(row.currentStart()),
            format(row.scope()),
            row.measure(),
            row.previous(),
            row.current(),
            row.version());
  }

  private static String format(Scope scope) {
    String name = scope.isShop() ? "shop" : scope.dimension() + " " + scope.value();
    return scope.currency() == null ? name : name + " in " + scope.currency();
  }

  private static String day(Instant time) {
    return time.toString().substring(0, 10);
  }
}

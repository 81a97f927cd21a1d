package fortnight.report;

import static fortnight.report.RowLines.comparison;
import static fortnight.report.RowLines.row;

import fortnight.common.Analysis;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Results with revenue, stores, currencies, and periods of the calendar. */
public final class MoneyResults {
  private MoneyResults() {}

  /**
   * Two weeks of store 7 and of records without a store, in the first currency; in the second one,
   * if there is one, the shop has one transaction a week.
   */
  public static Results twoStores(String currency, String... second) {
    List<String> weeks = new ArrayList<>();
    weeks.add(shopWeek(3, 10, "1234.50", currency));
    weeks.add(shopWeek(10, 11, "1300.05", currency));
    List<String> changes = new ArrayList<>();
    changes.add(revenueChange("2021-12-27", "2022-01-03", "0.00", "1234.50", currency));
    changes.add(revenueChange("2022-01-03", "2022-01-10", "1234.50", "1300.05", currency));
    for (String other : second) {
      weeks.add(shopWeek(3, 1, "1.00", other));
      weeks.add(shopWeek(10, 1, "2.00", other));
      changes.add(revenueChange("2022-01-03", "2022-01-10", "1.00", "2.00", other));
    }
    return Results.none()
        .with(Analysis.WEEKLY_VOLUME, weeks)
        .with(Analysis.REVENUE_CHANGE, changes)
        .with(Analysis.PRODUCT_VOLUME_CHANGE, List.of(change("item_id", 1, "2", "16", currency)))
        .with(
            Analysis.volumeBy("store"),
            List.of(
                storeWeek(3, 7, "100.25", currency),
                storeWeek(10, 7, "802.00", currency),
                storeWeek(3, null, "1134.25", currency),
                storeWeek(10, null, "11.35", currency)))
        .with(
            Analysis.revenueChangeBy("store"),
            List.of(
                change("store", 7, "100.25", "802.00", currency),
                change("store", null, "1134.25", "11.35", currency)));
  }

  /** The first three months of two years; the second year is compared with the first. */
  public static Results months() {
    List<String> volumes = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    List<String> products = new ArrayList<>();
    int[] transactions = {50, 80, 120, 100, 120, 150};
    for (int at = 0; at < transactions.length; at++) {
      LocalDate start = LocalDate.of(2021 + at / 3, 1 + at % 3, 1);
      LocalDate end = start.plusMonths(1);
      volumes.add(
          row(
              "window_start", start + "T00:00:00",
              "window_end", end + "T00:00:00",
              "transactions", transactions[at],
              "line_items", transactions[at],
              "units", transactions[at],
              "first_transaction", start + "T00:00:00",
              "last_transaction", end.minusDays(1) + "T23:59:59"));
      boolean hasPrevious = at >= 3;
      changes.add(
          comparison(
              start.minusYears(1).toString(),
              start.toString(),
              end.toString(),
              String.valueOf(hasPrevious ? transactions[at - 3] : 0),
              String.valueOf(transactions[at])));
      products.add(
          comparison(
              start.minusYears(1).toString(),
              start.toString(),
              end.toString(),
              String.valueOf(hasPrevious ? 10 * (at - 2) : 0),
              String.valueOf(hasPrevious ? 100 * (at - 2) : 10 * (at + 1)),
              "item_id",
              1));
    }
    return Results.none()
        .with(Analysis.WEEKLY_VOLUME, volumes)
        .with(Analysis.VOLUME_CHANGE, changes)
        .with(Analysis.PRODUCT_VOLUME_CHANGE, products);
  }

  /**
   * A row of weekly-volume with revenue.
   *
   * @param monday the first day of the week, in January 2022
   */
  public static String shopWeek(int monday, int transactions, String revenue, String currency) {
    return row(
        "window_start",
        "2022-01-%02dT00:00:00".formatted(monday),
        "window_end",
        "2022-01-%02dT00:00:00".formatted(monday + 7),
        "currency",
        currency,
        "transactions",
        transactions,
        "line_items",
        20,
        "units",
        30,
        "revenue",
        new BigDecimal(revenue),
        "first_transaction",
        "2022-01-%02dT00:01:00".formatted(monday),
        "last_transaction",
        "2022-01-%02dT23:59:00".formatted(monday + 6));
  }

  private static String storeWeek(int monday, Integer store, String revenue, String currency) {
    return row(
        "window_start",
        "2022-01-%02dT00:00:00".formatted(monday),
        "window_end",
        "2022-01-%02dT00:00:00".formatted(monday + 7),
        "store",
        store,
        "currency",
        currency,
        "transactions",
        5,
        "line_items",
        10,
        "units",
        15,
        "revenue",
        new BigDecimal(revenue));
  }

  private static String revenueChange(
      String previousStart, String start, String previous, String current, String currency) {
    String end = LocalDate.parse(start).plusDays(7).toString();
    return comparison(previousStart, start, end, previous, current, "currency", currency);
  }

  private static String change(
      String field, Integer value, String previous, String current, String currency) {
    return comparison(
        "2022-01-03",
        "2022-01-10",
        "2022-01-17",
        previous,
        current,
        field,
        value,
        "currency",
        currency);
  }
}

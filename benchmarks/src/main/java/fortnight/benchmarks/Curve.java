package fortnight.benchmarks;

import fortnight.benchmarks.checks.SimulatedYear;
import java.util.List;

/**
 * Runs of which one property grows.
 *
 * @param name its name for {@code --only}
 * @param title title of its table
 * @param axis the property that grows
 * @param points the runs, from the smallest
 */
record Curve(String name, String title, String axis, List<Point> points) {
  private static final int SMALL = 150_000;
  private static final int MEDIUM = 1_500_000;
  private static final int LARGE = 15_000_000;
  private static final int ITEMS = SimulatedYear.PRODUCTS;

  /**
   * With this many items, tumbling weeks have about as many rows as weeks that slide by an hour.
   */
  private static final int ITEMS_OF_HOURLY_ROWS = 30_000;

  private static final int WORKERS = 2;

  /**
   * One run.
   *
   * @param label its value on the axis
   * @param transactions approximate number of transactions
   * @param products number of products of the shop
   * @param parallelism parallelism of the runner
   * @param flags flags in addition to runner, input and output
   */
  record Point(String label, int transactions, int products, int parallelism, List<String> flags) {}

  /** All curves. */
  static List<Curve> all() {
    return List.of(
        new Curve(
            "records",
            "Records: a year of 100 items",
            "transactions",
            List.of(
                new Point("0.15 million", SMALL, ITEMS, WORKERS, List.of()),
                new Point("1.5 million", MEDIUM, ITEMS, WORKERS, List.of()),
                new Point("15 million", LARGE, ITEMS, WORKERS, List.of()))),
        new Curve(
            "items",
            "Items: 1.5 million transactions in a year",
            "items",
            List.of(
                new Point("100", MEDIUM, ITEMS, WORKERS, List.of()),
                new Point("10,000", MEDIUM, 10_000, WORKERS, List.of()),
                new Point("100,000", MEDIUM, 100_000, WORKERS, List.of()),
                new Point("1,000,000", MEDIUM, 1_000_000, WORKERS, List.of()))),
        new Curve(
            "dimensions",
            "Dimensions: 1.5 million transactions in a year, 10,000 items",
            "dimension",
            List.of(
                new Point("none", MEDIUM, 10_000, WORKERS, List.of()),
                new Point(
                    "of line items, 10,000 values",
                    MEDIUM,
                    10_000,
                    WORKERS,
                    List.of("--format=fortnight,by.sku=line_items[].item_id")),
                new Point(
                    "of records, 75,000 values",
                    MEDIUM,
                    10_000,
                    WORKERS,
                    List.of("--format=fortnight,by.customer=customer_id")))),
        new Curve(
            "overlap",
            "Overlap: `--period=7d`, 1.5 million transactions in a year",
            "`--every`",
            List.of(
                new Point("7d", MEDIUM, ITEMS, WORKERS, List.of("--every=7d")),
                new Point("1d", MEDIUM, ITEMS, WORKERS, List.of("--every=1d")),
                new Point("1h", MEDIUM, ITEMS, WORKERS, List.of("--every=1h")),
                new Point(
                    "7d, 30,000 items",
                    MEDIUM,
                    ITEMS_OF_HOURLY_ROWS,
                    WORKERS,
                    List.of("--every=7d")))),
        new Curve(
            "parallelism",
            "Parallelism: 15 million transactions in a year, 100 items",
            "parallelism",
            List.of(
                new Point("1", LARGE, ITEMS, 1, List.of()),
                new Point("2", LARGE, ITEMS, 2, List.of()),
                new Point("4", LARGE, ITEMS, 4, List.of()))));
  }
}

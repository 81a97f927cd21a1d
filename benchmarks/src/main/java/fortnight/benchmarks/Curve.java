package fortnight.benchmarks;

import java.util.List;

/**
 * Runs of which one thing grows.
 *
 * @param name by which it is chosen
 * @param title of its table
 * @param axis what grows
 * @param points from the least on
 */
record Curve(String name, String title, String axis, List<Point> points) {
  private static final int LITTLE = 150_000;
  private static final int YEAR = 1_500_000;
  private static final int MUCH = 15_000_000;
  private static final int ITEMS = SimulatedYear.PRODUCTS;

  /** As many as give about as many rows as a week that moves on every hour. */
  private static final int AS_MANY_ROWS_AS_HOURS = 30_000;

  private static final int WORKERS = 2;

  /**
   * One run.
   *
   * @param label where it stands on the axis
   * @param transactions about so many
   * @param products how many the shop has
   * @param parallelism of the runner
   * @param flags beside the runner, input and output
   */
  record Point(String label, int transactions, int products, int parallelism, List<String> flags) {}

  /** All there are. */
  static List<Curve> all() {
    return List.of(
        new Curve(
            "records",
            "Records: a year of 100 items",
            "transactions",
            List.of(
                new Point("0.15 million", LITTLE, ITEMS, WORKERS, List.of()),
                new Point("1.5 million", YEAR, ITEMS, WORKERS, List.of()),
                new Point("15 million", MUCH, ITEMS, WORKERS, List.of()))),
        new Curve(
            "items",
            "Items: 1.5 million transactions in a year",
            "items",
            List.of(
                new Point("100", YEAR, ITEMS, WORKERS, List.of()),
                new Point("10,000", YEAR, 10_000, WORKERS, List.of()),
                new Point("100,000", YEAR, 100_000, WORKERS, List.of()),
                new Point("1,000,000", YEAR, 1_000_000, WORKERS, List.of()))),
        new Curve(
            "overlap",
            "Overlap: `--period=7d`, 1.5 million transactions in a year",
            "`--every`",
            List.of(
                new Point("7d", YEAR, ITEMS, WORKERS, List.of("--every=7d")),
                new Point("1d", YEAR, ITEMS, WORKERS, List.of("--every=1d")),
                new Point("1h", YEAR, ITEMS, WORKERS, List.of("--every=1h")),
                new Point(
                    "7d, 30,000 items",
                    YEAR,
                    AS_MANY_ROWS_AS_HOURS,
                    WORKERS,
                    List.of("--every=7d")))),
        new Curve(
            "parallelism",
            "Parallelism: 15 million transactions in a year, 100 items",
            "parallelism",
            List.of(
                new Point("1", MUCH, ITEMS, 1, List.of()),
                new Point("2", MUCH, ITEMS, 2, List.of()),
                new Point("4", MUCH, ITEMS, 4, List.of()))));
  }
}

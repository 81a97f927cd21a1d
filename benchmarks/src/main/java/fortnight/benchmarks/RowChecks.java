package fortnight.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import fortnight.benchmarks.WindowSums.Sum;
import fortnight.benchmarks.peers.Row;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether the rows of a run are right, however many they are: weekly volumes are the simulator's,
 * all changes are those of the volumes, and products sum to their shop.
 */
final class RowChecks {
  private final Path output;
  private final WindowSums shop = new WindowSums();

  private RowChecks(Path output) {
    this.output = output;
  }

  /** How many rows there are, if they are right. */
  static long check(Path output, WindowSums truth) throws IOException, CannotRun {
    RowChecks checks = new RowChecks(output);
    return checks.volumes(truth)
        + checks.changes()
        + checks.productVolumes()
        + checks.productChanges();
  }

  private long volumes(WindowSums truth) throws IOException, CannotRun {
    long rows = eachRow(Row.WEEKLY_VOLUME, row -> shop.add(start(row), Sum.of(row)));
    shop.mustHave(truth, Row.WEEKLY_VOLUME);
    return rows;
  }

  private long changes() throws IOException, CannotRun {
    return eachRow(
        Row.VOLUME_CHANGE,
        row -> {
          String current = row.get("current_start").asText();
          String previous = row.get("previous_start").asText();
          mustBe(row, "current", shop.get(current).transactions());
          mustBe(row, "previous", shop.get(previous).transactions());
        });
  }

  private long productVolumes() throws IOException, CannotRun {
    WindowSums products = new WindowSums();
    long rows = eachRow(Row.PRODUCT_VOLUME, row -> products.add(start(row), Sum.of(row)));
    WindowSums wanted = new WindowSums();
    shop.each((start, sum) -> wanted.add(start, new Sum(0, sum.lineItems(), sum.units())));
    products.mustHave(wanted, Row.PRODUCT_VOLUME);
    wanted.mustHave(products, Row.PRODUCT_VOLUME);
    return rows;
  }

  private long productChanges() throws IOException, CannotRun {
    WindowSums products = new WindowSums();
    long rows =
        eachRow(
            Row.PRODUCT_VOLUME_CHANGE,
            row -> {
              long previous = row.get("previous").asLong();
              long current = row.get("current").asLong();
              mustBe(row, "change", current - previous);
              products.add(key(row), new Sum(0, previous, current));
            });
    WindowSums wanted = new WindowSums();
    eachRow(
        Row.VOLUME_CHANGE,
        row -> {
          long previous = shop.get(row.get("previous_start").asText()).units();
          long current = shop.get(row.get("current_start").asText()).units();
          if (previous + current > 0) {
            wanted.add(key(row), new Sum(0, previous, current));
          }
        });
    products.mustHave(wanted, Row.PRODUCT_VOLUME_CHANGE);
    wanted.mustHave(products, Row.PRODUCT_VOLUME_CHANGE);
    return rows;
  }

  private long eachRow(String analysis, WindowSums.RowUse use) throws IOException, CannotRun {
    return WindowSums.eachRow(output.resolve(analysis + ".jsonl"), use);
  }

  private static void mustBe(JsonNode row, String figure, long wanted) throws CannotRun {
    if (row.get(figure).asLong() != wanted) {
      throw new CannotRun("%s is not %d in %s".formatted(figure, wanted, row));
    }
  }

  private static String start(JsonNode row) {
    return row.get("window_start").asText();
  }

  private static String key(JsonNode row) {
    return row.get("current_start").asText();
  }
}

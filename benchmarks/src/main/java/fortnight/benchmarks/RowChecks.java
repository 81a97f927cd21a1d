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
    Changes changes = new Changes();
    long rows = eachRow(Row.VOLUME_CHANGE, changes::add);
    changes.check(Row.VOLUME_CHANGE, start -> shop.get(start).transactions(), shop::has);
    return rows;
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
    Changes changes = new Changes();
    long rows = eachRow(Row.PRODUCT_VOLUME_CHANGE, changes::add);
    changes.check(Row.PRODUCT_VOLUME_CHANGE, start -> shop.get(start).units(), shop::has);
    return rows;
  }

  private long eachRow(String analysis, WindowSums.RowUse use) throws IOException, CannotRun {
    return WindowSums.eachRow(output.resolve(analysis + ".jsonl"), use);
  }

  private static String start(JsonNode row) {
    return row.get("window_start").asText();
  }
}

package fortnight.benchmarks.checks;

import com.fasterxml.jackson.databind.JsonNode;
import fortnight.benchmarks.checks.WindowSums.Sum;
import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Checks all rows of a run, of which there may be many millions: weekly volumes are the
 * simulator's, all changes are those of the volumes, and the sums of products are those of the
 * shop.
 */
public final class RowChecks {
  private final Path output;
  private final WindowSums shop = new WindowSums();

  private RowChecks(Path output) {
    this.output = output;
  }

  /**
   * Checks the rows; returns their number.
   *
   * @throws CommandException with the first wrong figure
   */
  public static long check(Path output, WindowSums expected) throws IOException {
    RowChecks checks = new RowChecks(output);
    return checks.volumes(expected)
        + checks.changes(Analysis.VOLUME_CHANGE, Sum::transactions)
        + checks.productVolumes()
        + checks.changes(Analysis.PRODUCT_VOLUME_CHANGE, Sum::units);
  }

  private long volumes(WindowSums expected) throws IOException {
    long rows = eachRow(Analysis.WEEKLY_VOLUME, row -> shop.add(start(row), Sum.of(row)));
    shop.checkContains(expected, Analysis.WEEKLY_VOLUME.title());
    return rows;
  }

  private long productVolumes() throws IOException {
    WindowSums products = new WindowSums();
    long rows = eachRow(Analysis.PRODUCT_VOLUME, row -> products.add(start(row), Sum.of(row)));
    WindowSums expected = new WindowSums();
    shop.forEach((start, sum) -> expected.add(start, new Sum(0, sum.lineItems(), sum.units())));
    products.checkContains(expected, Analysis.PRODUCT_VOLUME.title());
    expected.checkContains(products, Analysis.PRODUCT_VOLUME.title());
    return rows;
  }

  private long changes(Analysis analysis, ToLongFunction<Sum> figure) throws IOException {
    ChangeSums changes = new ChangeSums();
    long rows = eachRow(analysis, changes::add);
    changes.check(analysis.title(), start -> figure.applyAsLong(shop.get(start)), shop::has);
    return rows;
  }

  private long eachRow(Analysis analysis, WindowSums.RowConsumer consumer) throws IOException {
    return WindowSums.eachRow(output.resolve(analysis.title() + ".jsonl"), consumer);
  }

  private static String start(JsonNode row) {
    return row.get("window_start").asText();
  }

  /** Sums of the rows of changes, by the start of each of the window's two periods. */
  private static final class ChangeSums {
    private final Map<String, Long> asPrevious = new TreeMap<>();
    private final Map<String, Long> asCurrent = new TreeMap<>();

    void add(JsonNode row) {
      long previous = row.get("previous").asLong();
      long current = row.get("current").asLong();
      if (row.get("change").asLong() != current - previous) {
        throw CommandException.failed("change is not current minus previous in " + row);
      }
      asPrevious.merge(row.get("previous_start").asText(), previous, Long::sum);
      asCurrent.merge(row.get("current_start").asText(), current, Long::sum);
    }

    /** Checks that both periods have the known volumes, and equal ones where they coincide. */
    void check(String what, ToLongFunction<String> volume, Predicate<String> isKnown) {
      for (Map.Entry<String, Long> period : asCurrent.entrySet()) {
        String start = period.getKey();
        long sum = period.getValue();
        if (isKnown.test(start)) {
          checkEqual(what, "current", start, sum, volume.applyAsLong(start));
        }
        // The last period is not the previous one of any window.
        checkEqual(what, "previous", start, asPrevious.getOrDefault(start, sum), sum);
      }
    }

    private static void checkEqual(
        String what, String period, String start, long found, long expected) {
      if (found != expected) {
        throw CommandException.failed(
            "%s, %s of %s: %d, expected %d".formatted(what, period, start, found, expected));
      }
    }
  }
}

package fortnight.benchmarks.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.benchmarks.peers.JacksonLoop;
import fortnight.benchmarks.peers.Volume;
import fortnight.benchmarks.peers.Week;
import fortnight.benchmarks.peers.WeeklySums;
import fortnight.common.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Simulated transactions, and the results that the simulator expects.
 *
 * @param file the transactions
 * @param transactions their number
 * @param laterTransactions number of transactions after the first week and before the last one
 * @param firstWeek its start, formatted as in a row
 * @param lastWeek its start, formatted as in a row
 * @param figures the results of a bounded run
 */
public record ExpectedResults(
    Path file,
    long transactions,
    long laterTransactions,
    String firstWeek,
    String lastWeek,
    ResultFigures figures) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the truth of a simulated year. */
  public static ExpectedResults of(SimulatedYear year) throws IOException {
    WeeklySums sums = new WeeklySums();
    for (String line : Files.readAllLines(year.truth())) {
      JsonNode row = JSON.readTree(line);
      String analysis = row.path("analysis").asText();
      if (analysis.equals(Analysis.WEEKLY_VOLUME.title())) {
        sums.add(start(row), volume(row));
      } else if (analysis.equals(Analysis.PRODUCT_VOLUME.title())) {
        sums.add(start(row), row.get("item_id").asLong(), volume(row));
      }
    }
    return of(year.file(), sums);
  }

  /**
   * Copies the first transactions of a simulated year, and computes their results with the loop.
   */
  public static ExpectedResults ofFirst(int count, SimulatedYear year) throws IOException {
    Path file = year.file().resolveSibling("first-%d.jsonl".formatted(count));
    try (Stream<String> lines = Files.lines(year.file())) {
      Files.write(file, lines.limit(count).toList());
    }
    return of(file, JacksonLoop.sums(file));
  }

  private static ExpectedResults of(Path file, WeeklySums sums) throws IOException {
    long first = sums.firstWeek();
    long last = sums.lastWeek();
    return new ExpectedResults(
        file,
        sums.transactions(),
        sums.transactions() - sums.transactions(first) - sums.transactions(last),
        Week.text(first),
        Week.text(last),
        ResultFigures.of(sums.rows()));
  }

  private static long start(JsonNode row) {
    return Week.millis(row.get("window_start").asText());
  }

  private static Volume volume(JsonNode row) {
    Volume volume = new Volume();
    volume.transactions = row.path("transactions").asLong();
    volume.lineItems = row.path("line_items").asLong();
    volume.units = row.path("units").asLong();
    return volume;
  }

  /** The results for weeks that end before the newest event time of a stream. */
  public ResultFigures ofClosedWeeks() {
    return figures.before(lastWeek);
  }
}

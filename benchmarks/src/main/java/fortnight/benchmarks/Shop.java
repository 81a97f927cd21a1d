package fortnight.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.benchmarks.peers.Row;
import fortnight.benchmarks.peers.Volume;
import fortnight.benchmarks.peers.Week;
import fortnight.benchmarks.peers.WeeklySums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Simulated transactions, and what the simulator says that must come out of them.
 *
 * @param file the transactions
 * @param transactions how many there are
 * @param laterTransactions those after the first week and before the last one
 * @param firstWeek when it begins, as in a row
 * @param lastWeek when it begins, as in a row
 * @param answers of a run that ends
 */
record Shop(
    Path file,
    long transactions,
    long laterTransactions,
    String firstWeek,
    String lastWeek,
    Answers answers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads what the simulator says of a year. */
  static Shop of(SimulatedYear year) throws IOException {
    WeeklySums sums = new WeeklySums();
    long transactions = 0;
    for (String line : Files.readAllLines(year.truth())) {
      JsonNode row = JSON.readTree(line);
      Volume volume = new Volume();
      volume.transactions = row.path("transactions").asLong();
      volume.lineItems = row.path("line_items").asLong();
      volume.units = row.path("units").asLong();
      switch (row.path("analysis").asText()) {
        case Row.WEEKLY_VOLUME -> {
          sums.add(start(row), volume);
          transactions += volume.transactions;
        }
        case Row.PRODUCT_VOLUME -> sums.add(start(row), row.get("item_id").asLong(), volume);
        default -> {}
      }
    }
    long first = sums.firstWeek();
    long last = sums.lastWeek();
    return new Shop(
        year.file(),
        transactions,
        transactions - sums.transactions(first) - sums.transactions(last),
        Week.text(first),
        Week.text(last),
        Answers.of(sums.rows()));
  }

  private static long start(JsonNode row) {
    return Week.millis(row.get("window_start").asText());
  }

  /** Those of weeks that a stream knows to be over. */
  Answers closed() {
    return answers.before(lastWeek);
  }
}

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
import java.util.List;

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

  /** Simulates a year of about so many transactions, if the directory has none of it. */
  static Shop simulate(Jars jars, int about, Path directory) throws Exception {
    Path file = directory.resolve("transactions-" + about + ".jsonl");
    Path truth = directory.resolve("truth-" + about + ".jsonl");
    if (!Files.exists(file) || !Files.exists(truth)) {
      run(jars, about, directory, "--output=" + file, "--truth=" + truth);
    }
    return read(file, truth);
  }

  /** Sends the same transactions to a topic, which is {@code HOST:PORT/TOPIC}. */
  static void send(Jars jars, int about, Path directory, String topic) throws Exception {
    run(jars, about, directory, "--output=kafka://" + topic, "--partitions=4");
  }

  private static void run(Jars jars, int about, Path directory, String... flags)
      throws IOException, InterruptedException, CannotRun {
    List<String> command =
        Jars.java("-cp", jars.fortnight().toString(), "fortnight.testdata.Simulate");
    command.add("--transactions=" + about);
    command.addAll(List.of(flags));
    Path log = directory.resolve("simulate.log");
    try (MeasuredProcess simulator = MeasuredProcess.start(command, log)) {
      simulator.await(Integer.MAX_VALUE);
    }
  }

  private static Shop read(Path file, Path truth) throws IOException {
    WeeklySums sums = new WeeklySums();
    long transactions = 0;
    for (String line : Files.readAllLines(truth)) {
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
        file,
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

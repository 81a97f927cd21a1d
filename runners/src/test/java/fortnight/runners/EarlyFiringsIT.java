package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Revenue in two currencies, by store and category, by month and against an earlier one: the last
 * rows from a topic with early firings are those of a file.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EarlyFiringsIT {
  private static final List<String> ANALYSES =
      Stream.of(Analysis.present(true, List.of("store", "category")), Analysis.onRequest())
          .flatMap(List::stream)
          .map(Analysis::title)
          .toList();

  private static final List<String> FLAGS =
      List.of(
          "--format=id=transaction_id,time=timestamp,customer=customer_id,"
              + "item=line_items[].item_id,quantity=line_items[].quantity,"
              + "price=line_items[].unit_price,currency=currency,by.store=store_id,"
              + "by.category=line_items[].category",
          "--analyses=all,weekly-customers,customer-change,outliers",
          "--period=1mo",
          "--against=3mo");

  /** The start of the last month, which a stream does not close. */
  private static final String LAST_MONTH = "2022-12-01T00:00:00";

  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  @TempDir private static Path directory;

  private static Path sales;
  private static Path expected;

  @BeforeAll
  static void analyzesAFileOnDirectRunner() throws IOException {
    Path simulated = directory.resolve("simulated.jsonl");
    Shop.simulate("--transactions=3000", "--products=40", "--withPrices", "--output=" + simulated);
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(simulated)) {
      lines.add(
          line.replaceFirst("\\{", "{\"currency\":\"" + currency(line, lines.size()) + "\","));
    }
    sales = Files.write(directory.resolve("sales.jsonl"), lines);
    expected = directory.resolve("expected");
    Stream<String> flags = Stream.of("--input=" + sales, "--output=" + expected);
    PipelineRun run = PipelineRun.of(Stream.concat(flags, FLAGS.stream()).toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();

    assertThat(rows("revenue-change"))
        .anyMatch(row -> row.contains("\"currency\":\"CHF\",\"previous\":0.00,\"current\":0.00,"));
    for (String analysis : ANALYSES) {
      assertThat(rows(analysis)).as(analysis).isNotEmpty();
    }
  }

  /** No sales are in CHF from March to July. */
  private static String currency(String line, int index) {
    return index % 3 == 0 && !line.matches(".*\"2022-0[3-7]-.*") ? "CHF" : "EUR";
  }

  @Test
  void theLastRowsAreThoseOfAFile() throws Exception {
    List<String> lines = Files.readAllLines(sales);
    try (LocalBroker broker = LocalBroker.start(BrokerConfig.temporary());
        JarProcess stream = stream(broker)) {
      TestTopic topic = new TestTopic(broker.address(), "sales");
      topic.send(lines.subList(0, lines.size() / 2), PARTITIONS);
      TestTopic volumes = new TestTopic(broker.address(), "result.weekly-volume");
      await(stream, () -> volumes.values().stream().anyMatch(row -> row.contains("EARLY")));
      topic.send(lines.subList(lines.size() / 2, lines.size()), PARTITIONS);

      for (String analysis : ANALYSES) {
        Set<String> closed = closed(rows(analysis));
        TestTopic results = new TestTopic(broker.address(), "result." + analysis);
        await(stream, () -> closed(results.lastOfEachKey().values()).equals(closed));
      }
    }
  }

  private static JarProcess stream(LocalBroker broker) throws Exception {
    TestTopic topic = TestTopic.create(broker.address(), "sales", PARTITIONS);
    Stream<String> flags =
        Stream.of(
            "--runner=FlinkRunner",
            "--parallelism=2",
            "--input=" + topic.address(),
            "--output=kafka://" + broker.address() + "/result.",
            "--earlyEvery=1s",
            "--checkpointingInterval=1000");
    return JarProcess.analyze(
        directory, Stream.concat(flags, FLAGS.stream()).toArray(String[]::new));
  }

  private static Set<String> closed(Iterable<String> rows) throws IOException {
    Set<String> all = new TreeSet<>();
    rows.forEach(all::add);
    return ResultRows.withoutPanes(ResultRows.closedBy(LAST_MONTH, all));
  }

  private static List<String> rows(String analysis) throws IOException {
    return Files.readAllLines(expected.resolve(analysis + ".jsonl"));
  }

  private static void await(JarProcess stream, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .failFast(() -> assertThat(stream.isAlive()).as(stream.errors()).isTrue())
        .until(condition);
  }
}

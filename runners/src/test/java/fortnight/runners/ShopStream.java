package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A job that reads a shop's transactions from a topic, and writes rows to topics. */
final class ShopStream {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  private final Shop shop;
  private final int parts;
  private final FlinkJobs jobs;
  private final String broker;
  private final TestTopic input;
  private final String results;
  private List<String> analyses = ResultRows.ALL_ANALYSES;

  /**
   * Creates the topics.
   *
   * @param parts the number of parts in which transactions are sent
   */
  ShopStream(String name, Shop shop, int parts, FlinkJobs jobs, String broker) throws Exception {
    this.shop = shop;
    this.parts = parts;
    this.jobs = jobs;
    this.broker = broker;
    input = TestTopic.create(broker, name, PARTITIONS);
    results = name + ".";
  }

  /** Makes only some of the analyses. */
  ShopStream with(List<String> someAnalyses) {
    analyses = someAnalyses;
    return this;
  }

  String submit(String... more) {
    return jobs.submit(flags(), more);
  }

  /** Restores the job with another jar. */
  String run(Path directory, Path jar, String savepoint, String... more) throws Exception {
    return jobs.run(directory, jar, savepoint, flags(), more);
  }

  private List<String> flags() {
    return List.of(
        "--input=kafka://" + broker + "/" + input.name(),
        "--output=kafka://" + broker + "/" + results,
        "--analyses=" + String.join(",", analyses),
        "--checkpointingInterval=1000");
  }

  void feed(int part) {
    input.send(shop.part(part, parts), PARTITIONS);
  }

  /** Waits for a row of a week that ends within a part. */
  void awaitSomeOf(int part) throws Exception {
    List<String> lines = shop.part(part, parts);
    String start = ResultRows.values("timestamp", lines.subList(0, 1)).get(0);
    await(
        "a week after " + start,
        () ->
            ResultRows.values("window_end", topic("weekly-volume").values()).stream()
                .anyMatch(end -> end.compareTo(start) > 0));
  }

  /** Waits for the rows of all closed weeks, and checks that there are no others. */
  void awaitExpectedRows() throws Exception {
    awaitExpectedRowsAfter("");
  }

  /** The same without the weeks of the first part, whose rows another job has written. */
  void awaitExpectedRowsAfterTheFirstPart() throws Exception {
    List<String> first = shop.part(0, parts);
    awaitExpectedRowsAfter(
        ResultRows.values("timestamp", first.subList(first.size() - 1, first.size())).get(0));
  }

  private void awaitExpectedRowsAfter(String time) throws Exception {
    for (String analysis : analyses) {
      Set<String> expected = ResultRows.withoutPanes(shop.closedRows(analysis));
      Set<String> after = new TreeSet<>(expected);
      after.removeAll(ResultRows.closedBy(time, expected));
      await(
          analysis + " of " + results,
          () -> {
            Rows rows = rows(analysis);
            return rows.newest().containsAll(after) && rows.last().containsAll(after);
          });
      Rows rows = rows(analysis);
      assertThat(expected).containsAll(shop.closed(rows.newest()));
      assertThat(expected).containsAll(shop.closed(rows.last()));
    }
  }

  /**
   * The rows in a topic.
   *
   * @param newest the row of each key with the largest version, regardless of the order of arrival
   * @param last the row of each key that compaction would keep
   */
  private record Rows(Set<String> newest, Set<String> last) {}

  private Rows rows(String analysis) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = topic(analysis).records();
    return new Rows(
        ResultRows.withoutPanes(TestTopic.ofEachKey(records, ResultRows::later).values()),
        ResultRows.withoutPanes(TestTopic.ofEachKey(records, (before, after) -> after).values()));
  }

  private TestTopic topic(String analysis) {
    return new TestTopic(broker, results + analysis);
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    try {
      Awaitility.await().atMost(PATIENCE).pollInterval(BETWEEN_LOOKS).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("timeout of " + what + ": " + jobs.state(), e);
    }
  }
}

package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A shop's transactions on their way through a topic and a job to topics of rows. */
final class ShopStream {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  private final Shop shop;
  private final int parts;
  private final FlinkJobs jobs;
  private final String broker;
  private final Topic input;
  private final String results;

  /**
   * Makes its topics.
   *
   * @param parts how many times the shop's transactions are fed
   */
  ShopStream(String name, Shop shop, int parts, FlinkJobs jobs, String broker) throws Exception {
    this.shop = shop;
    this.parts = parts;
    this.jobs = jobs;
    this.broker = broker;
    input = Topic.make(broker, name, PARTITIONS);
    results = name + ".";
  }

  String submit(String... more) {
    return jobs.submit(flags(), more);
  }

  /** Restores it with another jar. */
  String run(Path directory, Path jar, String savepoint, String... more) throws Exception {
    return jobs.run(directory, jar, savepoint, flags(), more);
  }

  private List<String> flags() {
    return List.of(
        "--input=kafka://" + broker + "/" + input.name(),
        "--output=kafka://" + broker + "/" + results,
        "--checkpointingInterval=1000");
  }

  void feed(int part) {
    input.send(shop.part(part, parts), PARTITIONS);
  }

  /** Returns when there is a row of a week that ends within a part. */
  void awaitSomeOf(int part) throws Exception {
    List<String> lines = shop.part(part, parts);
    String start = ResultRows.values("timestamp", lines.subList(0, 1)).get(0);
    await(
        "a week after " + start,
        () ->
            ResultRows.values("window_end", rows("weekly-volume")).stream()
                .anyMatch(end -> end.compareTo(start) > 0));
  }

  /** Returns when all is written of the weeks that end, and all of it is right. */
  void awaitTruth() throws Exception {
    awaitTruthAfter("");
  }

  /** The same where another job has written the weeks that ended within the first part. */
  void awaitTruthAfterTheFirstPart() throws Exception {
    List<String> first = shop.part(0, parts);
    awaitTruthAfter(
        ResultRows.values("timestamp", first.subList(first.size() - 1, first.size())).get(0));
  }

  private void awaitTruthAfter(String time) throws Exception {
    for (String analysis : ResultRows.ANALYSES) {
      Set<String> truth = ResultRows.withoutPanes(shop.closedRows(analysis));
      Set<String> after = new TreeSet<>(truth);
      after.removeAll(ResultRows.closedBy(time, truth));
      await(analysis + " of " + results, () -> rows(analysis).containsAll(after));
      await("last " + analysis + " of " + results, () -> lastRows(analysis).containsAll(after));
      assertThat(truth).containsAll(shop.closed(rows(analysis)));
      assertThat(truth).containsAll(shop.closed(lastRows(analysis)));
    }
  }

  /** The row of each key with the largest version, whatever the order of arrival. */
  private Set<String> rows(String analysis) throws Exception {
    Topic topic = topic(analysis);
    return ResultRows.withoutPanes(topic.ofEachKey(ResultRows::later).values());
  }

  /** The row of each key that compaction would leave. */
  private Set<String> lastRows(String analysis) throws Exception {
    return ResultRows.withoutPanes(topic(analysis).lastOfEachKey().values());
  }

  private Topic topic(String analysis) {
    return new Topic(broker, results + analysis);
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    try {
      Awaitility.await().atMost(PATIENCE).pollInterval(BETWEEN_LOOKS).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("waited too long for " + what + ": " + jobs.state(), e);
    }
  }
}

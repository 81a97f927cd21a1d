package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A partition is added to the topic of a stream on embedded Flink. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AddedPartitionIT {
  private static final String WEEKLY_VOLUME = "weekly-volume";

  @TempDir private Path directory;

  @Test
  void readsTheRecordsOfAnAddedPartition() throws Exception {
    Path output = directory.resolve("out");

    try (InProcessBroker broker = InProcessBroker.start()) {
      broker.createTopic("sales", 1);
      broker.send("sales", 0, sales("2023-01-02", "2023-01-09", "2023-01-16"));
      try (JarProcess stream =
          JarProcess.analyze(
              directory,
              "--runner=FlinkRunner",
              "--input=" + broker.address("sales"),
              "--output=" + output,
              "--outOfOrderness=0s",
              "--idleAfter=2s",
              "--checkpointingInterval=1000",
              "--analyses=" + WEEKLY_VOLUME)) {
        await(stream, () -> ResultRows.inPanes(output, WEEKLY_VOLUME).size() == 2);

        broker.addPartitions("sales", 2);
        broker.send("sales", 1, sales("2023-01-17", "2023-01-17", "2023-01-18"));
        broker.send("sales", 0, sales("2023-01-19", "2023-01-23", "2023-01-30"));

        await(stream, () -> ResultRows.inPanes(output, WEEKLY_VOLUME).size() == 4);
      }
    }

    assertThat(ResultRows.inPanes(output, WEEKLY_VOLUME))
        .filteredOn(row -> row.contains("\"window_start\":\"2023-01-16"))
        .singleElement()
        .asString()
        .contains("\"transactions\":5,");
  }

  private static List<String> sales(String... days) {
    return List.of(days).stream()
        .map(
            day ->
                "{\"transaction_id\":1,\"timestamp\":\"%sT00:00:00\",\"line_items\":[]}"
                    .formatted(day))
        .toList();
  }

  private static void await(JarProcess stream, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(100))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              assertThat(stream.isAlive()).as(stream.errors()).isTrue();
              return condition.call();
            });
  }
}

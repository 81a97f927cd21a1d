package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.report.Live;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream on embedded Flink writes the rows of a file run to tables, also through an outage. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TableStreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final int OUTAGE_SECONDS = Boolean.getBoolean("long") ? 120 : 5;
  private static final int PARTITIONS = 2;

  @TempDir private Path directory;

  @Test
  void waitsWhileTheServerIsStopped() throws Exception {
    Shop shop = Shop.simulateHalfYear(directory, 10_000);
    try (TestPostgres server = TestPostgres.start();
        LocalBroker broker = LocalBroker.start(BrokerConfig.temporary())) {
      TestTopic topic = TestTopic.create(broker.address(), "shop", PARTITIONS);
      String config =
          TestPostgres.configFlag(
              directory.resolve("jdbc.properties"), "postgres", TestPostgres.PASSWORD);
      try (JarProcess stream =
          JarProcess.analyze(
              directory,
              "--runner=FlinkRunner",
              "--parallelism=2",
              "--input=" + topic.address(),
              "--output=" + server.address("postgres"),
              config,
              "--analyses=" + String.join(",", ResultRows.ALL_ANALYSES),
              "--earlyEvery=1s")) {
        topic.send(shop.part(0, 2), PARTITIONS);
        await(stream, () -> count(server, "product_volume") > 0);

        try (JarProcess live =
            JarProcess.server(
                directory,
                Live.class,
                "--port=0",
                "--input=" + server.address("postgres"),
                "--transactions=" + topic.address(),
                config)) {
          String page = live.awaitLine("Live page at ");
          await(stream, () -> LiveRequests.metrics(page).contains("\nfortnight_complete 1\n"));

          server.stop();
          topic.send(shop.part(1, 2), PARTITIONS);
          topic.send(List.of("rubbish\0"), 1);
          await(stream, () -> stream.errors().contains("rows wait for up to 10 minutes"));
          await(stream, () -> LiveRequests.metrics(page).contains("\nfortnight_up 0\n"));
          assertThat(LiveRequests.status(page))
              .contains("; a job that writes to it waits, and continues when it is available\"");
          TimeUnit.SECONDS.sleep(OUTAGE_SECONDS); // The outage itself.
          server.restart();

          for (String analysis : ResultRows.ALL_ANALYSES) {
            Set<String> expected = TableRows.expectedRows(analysis, shop);
            await(stream, () -> TableRows.closedRows(server, analysis, shop).equals(expected));
          }
          await(stream, () -> count(server, "dead_letters") == 1);
          await(stream, () -> LiveRequests.metrics(page).contains("\nfortnight_up 1\n"));
          await(stream, () -> LiveRequests.metrics(page).contains("\nfortnight_row_lag_seconds "));
          assertThat(stream.errors())
              .containsOnlyOnce("; rows wait for up to 10 minutes")
              .containsOnlyOnce(
                  server.address("postgres") + ": available again; the waiting rows are written")
              .doesNotContain(TestPostgres.PASSWORD, "\tat ");
        }
        stream.stop();
        assertThat(stream.output()).contains("rows  public.weekly_volume in ");
      }
    }
  }

  private static int count(TestPostgres server, String table) throws SQLException {
    return Integer.parseInt(server.query("postgres", "SELECT count(*) FROM " + table).get(0));
  }

  private static void await(JarProcess stream, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .ignoreExceptionsInstanceOf(SQLException.class) // Before tables exist.
        .failFast(() -> assertThat(stream.isAlive()).as(stream.errors()).isTrue())
        .until(condition);
  }
}

package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.process.Ports;
import fortnight.runners.cluster.LocalFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A TaskManager, the broker or PostgreSQL is killed twenty times while a year is read. The rows in
 * tables are those of a run over a file.
 */
@EnabledIfSystemProperty(named = "long", matches = "true")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class TableKillsIT {
  private static final int TRANSACTIONS = 200_000;
  private static final int KILLS = 20;
  private static final int PARTITIONS = 4;
  private static final int MAX_PAUSE_MILLIS = 4_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private enum Killed {
    TASK_MANAGER,
    BROKER,
    POSTGRES
  }

  @TempDir private Path directory;

  private int port;
  private JarProcess broker;
  private LocalFlink flink;
  private TestPostgres server;

  @Test
  void doNotChangeRows() throws Exception {
    Random random = new Random(Long.getLong("seed", 1));
    Shop shop = Shop.simulateYear(directory, TRANSACTIONS);
    port = Ports.choose(0).clients();
    server = TestPostgres.start();
    broker = JarProcess.broker(directory, port);
    flink =
        LocalFlink.start(
            FlinkJobs.restarting().withTaskManagers(1, 2).with("heartbeat.timeout", "4000"));
    try {
      TestTopic topic = TestTopic.create("localhost:" + port, "shop", PARTITIONS);
      String config =
          TestPostgres.configFlag(
              directory.resolve("jdbc.properties"), "postgres", TestPostgres.PASSWORD);
      FlinkJobs jobs = FlinkJobs.of(flink);
      jobs.submit(
          List.of(
              "--input=" + topic.address(),
              "--output=" + server.address("postgres"),
              config,
              "--analyses=" + String.join(",", ResultRows.ALL_ANALYSES),
              "--earlyEvery=1s",
              "--checkpointingInterval=1000"),
          "--parallelism=2");
      for (int kill = 0; kill < KILLS; kill++) {
        topic.send(shop.part(kill, KILLS), PARTITIONS);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_PAUSE_MILLIS));
        kill(Killed.values()[random.nextInt(Killed.values().length)]);
      }
      for (String analysis : ResultRows.ALL_ANALYSES) {
        Awaitility.await(analysis + ": " + jobs.state())
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(TableRows.closedRows(server, analysis, shop))
                        .isEqualTo(TableRows.expectedRows(analysis, shop)));
      }
    } finally {
      flink.close();
      broker.stop();
      server.close();
    }
  }

  private void kill(Killed killed) throws Exception {
    System.out.println("kill: " + killed);
    switch (killed) {
      case TASK_MANAGER -> {
        flink.kill(flink.taskManagers().get(0));
        flink.startTaskManager();
      }
      case BROKER -> {
        broker.kill();
        broker = JarProcess.broker(directory, port);
      }
      case POSTGRES -> {
        server.crash();
        server.restart();
      }
    }
  }
}

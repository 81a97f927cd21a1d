package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import fortnight.runners.cluster.LocalFlink;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream on a real cluster whose processes are killed, whose broker is restarted, and whose job
 * is stopped, upgraded and rescaled. The rows are those of a run without faults.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultsIT {
  /** Whether to repeat faults, and to use more transactions. */
  private static final boolean IS_LONG = Boolean.getBoolean("long");

  private static final Path FIRST_SAVEPOINT = Path.of("src", "test", "resources", "savepoint-1");

  @TempDir private static Path directory;

  private static Shop shop;
  private static BrokerConfig brokerSettings;
  private static LocalBroker broker;
  private static LocalFlink flink;
  private static FlinkJobs jobs;

  @BeforeAll
  static void startCluster() throws Exception {
    shop = Shop.simulateHalfYear(directory, IS_LONG ? 20_000 : 3_000);
    brokerSettings = BrokerConfig.temporary().withData(directory.resolve("kafka"));
    broker = LocalBroker.start(brokerSettings);
    brokerSettings =
        brokerSettings.withPort(Integer.parseInt(broker.address().replaceFirst(".*:", "")));
    flink =
        LocalFlink.start(
            FlinkJobs.restarting()
                .withTaskManagers(1, 4)
                // Processes that end soon gain nothing from the optimizing compiler.
                .with("env.java.opts.all", "-XX:TieredStopAtLevel=1")
                .with("heartbeat.timeout", "4000"));
    jobs = FlinkJobs.of(flink);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    flink.close();
    broker.close();
  }

  @AfterEach
  void cancelJobs() throws Exception {
    jobs.cancelAll();
  }

  /** Both with one job, whose start takes long. */
  @Test
  void aKilledTaskManagerAndARestartedBrokerDoNotChangeRows() throws Exception {
    ShopStream stream = stream("killed", shop);
    String job = stream.submit("--parallelism=2");
    int killed = killWhileReading(stream, job);
    stream.awaitSomeOf(1);

    broker.close();
    broker = LocalBroker.start(brokerSettings);
    stream.feed(2);

    stream.awaitExpectedRows();
    assertThat(jobs.restored(job)).isGreaterThanOrEqualTo(killed);
  }

  /** Uses few transactions: the checkpoints of about 20 RocksDB instances keep two cores busy. */
  @Test
  @EnabledIfSystemProperty(named = "long", matches = "true")
  void aKilledTaskManagerWithRocksDbAndUnalignedCheckpointsDoesNotChangeRows() throws Exception {
    ShopStream stream = stream("killed-rocksdb", Shop.sample(directory));
    String job =
        stream.submit(
            "--parallelism=2",
            "--stateBackend=rocksdb",
            "--stateBackendStoragePath=" + flink.data().resolve("checkpoints").toUri(),
            "--unalignedCheckpointEnabled=true");
    int killed = killWhileReading(stream, job);
    stream.feed(2);

    stream.awaitExpectedRows();
    assertThat(jobs.restored(job)).isGreaterThanOrEqualTo(killed);
  }

  /** Feeds the first two parts; returns how often it has killed the TaskManager. */
  private static int killWhileReading(ShopStream stream, String job) throws Exception {
    stream.feed(0);
    jobs.awaitNextCheckpoint(job);
    stream.feed(1);
    killTaskManager();
    if (!IS_LONG) {
      return 1;
    }
    stream.awaitSomeOf(1);
    killTaskManager();
    return 2;
  }

  @Test
  void aJobResumesFromACheckpointOfAKilledJobManager() throws Exception {
    ShopStream stream = stream("jobmanager", shop);
    String job = stream.submit("--parallelism=2");
    stream.feed(0);
    jobs.awaitNextCheckpoint(job);
    stream.feed(1);

    flink.restartJobManager();
    flink.awaitReady();
    stream.submit("--parallelism=2", "--savepointPath=" + jobs.lastCheckpoint(job));
    stream.feed(2);

    stream.awaitExpectedRows();
  }

  @Test
  void aStoppedJobResumesWithANewerJarAndMoreSubtasks() throws Exception {
    Path newerJar = NewerJar.of(jobs.jar(), directory.resolve("newer.jar"));
    ShopStream stream = stream("upgraded", shop);
    String first = stream.submit("--parallelism=1");
    stream.feed(0);
    stream.awaitSomeOf(0);
    String savepoint = jobs.stopWithSavepoint(first);
    String second = stream.run(directory, newerJar, savepoint, "--parallelism=2");
    stream.feed(1);
    if (IS_LONG) {
      stream.awaitSomeOf(1);
      savepoint = jobs.stopWithSavepoint(second);
      stream.run(directory, newerJar, savepoint, "--parallelism=4");
    }
    stream.feed(2);

    stream.awaitExpectedRows();
  }

  @Test
  void aFailedSinkIsRetriedUntilItAcceptsRows() throws Exception {
    ShopStream stream = stream("sink", shop);
    TestTopic weeks = TestTopic.create(broker.address(), "sink.weekly-volume", 1);
    weeks.limitMessages(1);
    // The client would split a rejected batch of several messages and retry it forever.
    Path config = Files.writeString(directory.resolve("sink.properties"), "batch.size=0\n");
    String job = stream.submit("--parallelism=2", "--kafkaConfig=" + config);
    stream.feed(0);
    jobs.awaitFailures(job, 2);

    weeks.limitMessages(1 << 20);
    stream.feed(1);
    stream.feed(2);

    stream.awaitExpectedRows();
  }

  @Test
  void aSavepointOfTheFirstBuildIsRestored() throws Exception {
    ShopStream stream = stream("first", Shop.sample(directory)).with(ResultRows.ANALYSES);
    stream.feed(0); // The records that the job of the savepoint had read.
    stream.submit(
        flagsOfFirstSavepoint("--savepointPath=" + FIRST_SAVEPOINT.toAbsolutePath().toUri()));
    stream.feed(1);
    stream.feed(2);

    stream.awaitExpectedRowsAfterTheFirstPart();
  }

  /** Creates the savepoint that later builds must restore; run once, by hand. */
  @Test
  @EnabledIfSystemProperty(named = "makeSavepoint", matches = "true")
  void makeFirstSavepoint() throws Exception {
    ShopStream stream = stream("first", Shop.sample(directory)).with(ResultRows.ANALYSES);
    String job = stream.submit(flagsOfFirstSavepoint());
    stream.feed(0);
    stream.awaitSomeOf(0);
    Path savepoint = Path.of(URI.create(jobs.stopWithSavepoint(job)));
    Files.createDirectories(FIRST_SAVEPOINT);
    try (Stream<Path> files = Files.list(savepoint)) {
      for (Path file : files.toList()) {
        Files.copy(file, FIRST_SAVEPOINT.resolve(file.getFileName()));
      }
    }
  }

  /** The flags with which a stream has every kind of state. */
  private static String[] flagsOfFirstSavepoint(String... more) {
    return Stream.concat(
            Stream.of("--parallelism=1", "--dropDuplicatesWithin=1h", "--earlyEvery=1s"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static ShopStream stream(String name, Shop shop) throws Exception {
    return new ShopStream(name, shop, 3, jobs, broker.address());
  }

  private static void killTaskManager() throws Exception {
    flink.kill(flink.taskManagers().get(0));
    flink.startTaskManager();
  }
}

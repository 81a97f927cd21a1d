package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same input gives the same bytes: from a file and from a topic, on DirectRunner and on Flink,
 * in batch and in streaming mode, at every parallelism.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ParityIT {
  private static final Path SAMPLE =
      Path.of("..", "testdata", "sample", "transactions.jsonl.gz").toAbsolutePath().normalize();
  private static final Path EXPECTED = SAMPLE.resolveSibling("expected");
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  @TempDir private static Path directory;

  private static Shop shop;
  private static LocalBroker broker;
  private static TestTopic topic;

  @BeforeAll
  static void fillTopic() throws Exception {
    shop = Shop.wholeSample(directory);
    broker = LocalBroker.start(BrokerConfig.temporary());
    topic = TestTopic.create(broker.address(), "sample", PARTITIONS);
    topic.send(shop.lines(), PARTITIONS);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({
    "DirectRunner, --targetParallelism=1",
    "DirectRunner, --targetParallelism=4",
    "FlinkRunner, --parallelism=1",
    "FlinkRunner, --parallelism=4"
  })
  void aFileGivesTheExpectedBytes(String runner, String parallelism) {
    writesTheExpectedBytes("--runner=" + runner, parallelism, "--input=" + SAMPLE);
  }

  @ParameterizedTest
  @CsvSource({"DirectRunner, --targetParallelism=2", "FlinkRunner, --parallelism=4"})
  void aBackfillGivesTheExpectedBytes(String runner, String parallelism) {
    writesTheExpectedBytes(
        "--runner=" + runner, parallelism, "--input=" + address(topic.name()), "--until=now");
  }

  @Test
  void aStreamGivesTheSameRowsForClosedWindows() throws Exception {
    awaitTheRowsOfClosedWindows(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @EnabledIfSystemProperty(named = "long", matches = "true")
  void aStreamGivesTheSameRowsWithFewerSubtasks(int parallelism) throws Exception {
    awaitTheRowsOfClosedWindows(parallelism);
  }

  @Test
  @EnabledIfSystemProperty(named = "long", matches = "true")
  void otherParallelismsGiveTheExpectedBytesOnFlink() {
    writesTheExpectedBytes("--runner=FlinkRunner", "--parallelism=2", "--input=" + SAMPLE);
    writesTheExpectedBytes(
        "--runner=FlinkRunner",
        "--parallelism=1",
        "--input=" + address(topic.name()),
        "--until=now");
  }

  private static void awaitTheRowsOfClosedWindows(int parallelism) throws Exception {
    String prefix = "of-" + parallelism + ".";
    try (JarProcess stream =
        JarProcess.analyze(
            directory,
            "--runner=FlinkRunner",
            "--parallelism=" + parallelism,
            "--checkpointingInterval=1000",
            "--input=" + address(topic.name()),
            "--output=" + address(prefix))) {
      for (String analysis : ResultRows.ANALYSES) {
        Set<String> closed = shop.closedRows(analysis);
        TestTopic results = new TestTopic(broker.address(), prefix + analysis);
        Awaitility.await(analysis)
            .atMost(PATIENCE)
            .pollInterval(BETWEEN_LOOKS)
            .failFast(() -> assertThat(stream.isAlive()).as(stream.errors()).isTrue())
            .until(() -> results.lastOfEachKey().size() >= closed.size());
        assertThat(new TreeSet<>(results.lastOfEachKey().values())).isEqualTo(closed);
      }
    }
  }

  private static void writesTheExpectedBytes(String... args) {
    Path output = directory.resolve("out");
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--output=" + output;
    PipelineRun run = PipelineRun.of(all);
    assertThat(run.status()).as(run.err()).isZero();
    for (String analysis : ResultRows.ANALYSES) {
      String file = analysis + ".jsonl";
      assertThat(output.resolve(file)).hasSameBinaryContentAs(EXPECTED.resolve(file));
    }
  }

  private static String address(String name) {
    return "kafka://" + broker.address() + "/" + name;
  }
}

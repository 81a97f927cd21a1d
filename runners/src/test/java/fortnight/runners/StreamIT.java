package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream on embedded Flink and a real broker. With all faults of delivery, closed windows have
 * the results of a file without faults.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  private static LocalBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(BrokerConfig.temporary());
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void aStreamWithAllFaultsHasTheResultsOfTheFileWithoutFaults() throws Exception {
    List<String> world =
        List.of("--transactions=20000", "--idle=2022-08-01/2022-08-29", "--skew=200");
    Path clean = directory.resolve("clean.jsonl");
    Path truth = directory.resolve("truth.jsonl");
    simulate(world, "--output=" + clean);
    simulate(
        world,
        "--output=" + topic("faulty"),
        "--partitions=5", // more than the parallelism
        "--truth=" + truth,
        "--outOfOrder=1h",
        "--late=0.01:3d",
        "--duplicates=0.01",
        "--malformed=0.01");
    Path expected = fileRun(clean);

    try (JarProcess stream =
        JarProcess.analyze(
            directory,
            "--runner=FlinkRunner",
            "--parallelism=2",
            "--input=" + topic("faulty"),
            "--output=" + topic("result."),
            "--idleAfter=2s",
            "--checkpointingInterval=1000",
            "--dropDuplicatesWithin=1h")) {
      for (String analysis : ResultRows.ANALYSES) {
        // The last week is open, because no later record closes it.
        Set<String> rows =
            ResultRows.closedBy("2022-12-26T00:00:00", ResultRows.inFile(expected, analysis));
        TestTopic results = new TestTopic(broker.address(), "result." + analysis);
        await(stream, () -> results.lastOfEachKey().size() >= rows.size());
        await(stream, () -> ResultRows.withoutPanes(results.lastOfEachKey().values()).equals(rows));
      }
      List<String> malformed = ResultRows.values("reason", Files.readAllLines(truth));
      TestTopic deadLetters = new TestTopic(broker.address(), "result.dead-letters");
      await(
          stream,
          () ->
              ResultRows.values("reason", deadLetters.lastOfEachKey().values()).equals(malformed));

      for (ProcessHandle child : stream.handle().children().toList()) {
        assertThat(Listening.reachableFromOutside(child)).isEmpty();
      }

      stream.stop();
      String table = stream.output();
      assertThat(count(table, "records read"))
          .isEqualTo(
              count(table, "accepted")
                  + count(table, "rejected")
                  + count(table, "duplicates dropped"));
      assertThat(count(table, "rejected")).isEqualTo(malformed.size());
      assertThat(count(table, "duplicates dropped")).isPositive();
    }
  }

  @Test
  void aReplayWithAPauseAnEmptyPartitionAndARecordOf2099HasNoLateRecords() throws Exception {
    Path clean = directory.resolve("clean.jsonl");
    simulate(
        List.of("--transactions=3000", "--start=2022-01-03", "--end=2022-03-14"),
        "--output=" + clean);
    Path expected = fileRun(clean);
    List<String> lines = Files.readAllLines(clean);
    List<String> beforePause = new ArrayList<>(lines.subList(0, 1500));
    beforePause.add(
        700, "{\"transaction_id\": 0, \"timestamp\": \"2099-01-01T00:00:00\", \"line_items\": []}");
    TestTopic replay = TestTopic.create(broker.address(), "replay", 4);
    Path output = directory.resolve("out");

    try (JarProcess stream =
        JarProcess.analyze(
            directory,
            "--runner=FlinkRunner",
            "--parallelism=5", // more than partitions
            "--input=" + topic("replay"),
            "--output=" + output,
            "--outOfOrderness=0s",
            "--allowedLateness=0s",
            "--idleAfter=2s",
            "--checkpointingInterval=1000")) {
      replay.send(beforePause, 3);
      replay.sendAborted(lines.get(0), 3);
      Set<String> closedBeforePause =
          ResultRows.closedBy("2022-01-31T00:00:00", ResultRows.inFile(expected, "weekly-volume"));
      await(
          stream, () -> ResultRows.inPanes(output, "weekly-volume").containsAll(closedBeforePause));
      TimeUnit.SECONDS.sleep(6); // The pause itself: three times --idleAfter.
      replay.send(lines.subList(1500, lines.size()), 3);

      for (String analysis : ResultRows.ANALYSES) {
        Set<String> rows =
            ResultRows.closedBy("2022-03-07T00:00:00", ResultRows.inFile(expected, analysis));
        await(stream, () -> ResultRows.inPanes(output, analysis).equals(rows));
      }
      await(stream, () -> deadLetters(output).size() == 1);
      assertThat(deadLetters(output).get(0)).contains("TIMESTAMP_OUT_OF_RANGE", "2099");
    }
  }

  @Test
  void aLiveStreamClosesWindowsWithEmptyPartitions() throws Exception {
    Path output = directory.resolve("out");
    TestTopic.create(broker.address(), "live", 4);

    try (JarProcess
            customer = // Uses one partition; sends the purchases of a year in half a minute.
            JarProcess.command(
                    directory,
                    "simulate",
                    "--customers=1",
                    "--live",
                    "--speedup=1000000",
                    "--output=" + topic("live"));
        JarProcess stream =
            JarProcess.analyze(
                directory,
                "--runner=FlinkRunner",
                "--input=" + topic("live"),
                "--output=" + output,
                "--period=5s",
                "--outOfOrderness=1s",
                "--idleAfter=2s",
                "--checkpointingInterval=1000")) {
      await(stream, () -> ResultRows.inPanes(output, "volume-change").size() >= 2);
      assertThat(customer.errors()).isEmpty();
    }
  }

  @Test
  void aBackfillWritesTheBytesOfTheFileRun() throws Exception {
    Path file = directory.resolve("shop.jsonl");
    List<String> world = List.of("--transactions=20000", "--malformed=0.01");
    simulate(world, "--output=" + file);
    simulate(world, "--output=" + topic("shop"));
    String[] spring = {"--from=2022-03-01", "--until=2022-06-01"};
    Path expected = fileRun(file, spring);
    Path output = directory.resolve("out");

    run(Stream.of(spring), "--input=" + topic("shop"), "--output=" + output);

    for (String analysis : ResultRows.ANALYSES) {
      String name = analysis + ".jsonl";
      assertThat(output.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
    // The sources differ, and therefore the order.
    List<String> rejected = Files.readAllLines(expected.resolve("dead-letters.jsonl"));
    List<String> ofTopic = Files.readAllLines(output.resolve("dead-letters.jsonl"));
    assertThat(rejected).hasSizeGreaterThan(100);
    for (String field : List.of("reason", "message", "payload")) {
      assertThat(ResultRows.values(field, ofTopic)).isEqualTo(ResultRows.values(field, rejected));
    }
  }

  private static void simulate(List<String> world, String... more) {
    Shop.simulate(Stream.concat(world.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private Path fileRun(Path input, String... more) {
    Path output = directory.resolve("file-run");
    run(Stream.of(more), "--input=" + input, "--output=" + output);
    return output;
  }

  /** A bounded run in this process. */
  private static void run(Stream<String> args, String... more) {
    PipelineRun run = PipelineRun.of(Stream.concat(args, Stream.of(more)).toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
  }

  private static String topic(String name) {
    return "kafka://" + broker.address() + "/" + name;
  }

  private static void await(JarProcess stream, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .failFast(() -> assertThat(stream.isAlive()).as(stream.errors()).isTrue())
        .until(condition);
  }

  private static List<String> deadLetters(Path output) throws IOException {
    return ResultRows.linesIn(output.resolve("dead-letters"));
  }

  /** A number in the table of the run. */
  private static long count(String table, String name) {
    Matcher line = Pattern.compile("\\b" + name + " +([\\d,]+)").matcher(table);
    assertThat(line.find()).as(table).isTrue();
    return Long.parseLong(line.group(1).replace(",", ""));
  }
}

package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.run.StateDirectory;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream on an embedded Flink is killed and restarted with its state. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StateDirectoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  @TempDir private Path directory;

  @Test
  void resumesFromTheNewestCheckpoint() throws Exception {
    Path clean = directory.resolve("clean.jsonl");
    Shop.simulate(
        "--transactions=3000", "--start=2022-01-03", "--end=2022-03-14", "--output=" + clean);
    List<String> lines = Files.readAllLines(clean);
    Path state = directory.resolve("state");
    try (LocalBroker broker = LocalBroker.start(BrokerConfig.temporary())) {
      TestTopic sales = TestTopic.create(broker.address(), "sales", 2);
      TestTopic weeks = new TestTopic(broker.address(), "shop.weekly-volume");
      sales.send(lines.subList(0, 1500), 2);

      try (JarProcess first = stream(broker, state)) {
        await(first, () -> newestCheckpoint(state) > 0); // The topic of the rows exists.
        await(first, () -> weeks.values().stream().anyMatch(row -> isFirstWeek(row, "ON_TIME")));
        long checkpoint = newestCheckpoint(state);
        await(first, () -> newestCheckpoint(state) > checkpoint + 1);
        killAll(first);
      }
      try (JarProcess second = stream(broker, state)) {
        killAll(second); // While it starts.
      }
      int before = weeks.values().size();
      sales.send(lines.subList(1500, lines.size()), 2);
      Set<String> expected = expected(clean);
      try (JarProcess third = stream(broker, state)) {
        await(third, () -> third.errors().contains("Resuming from " + state)); // It has the lock.
        assertThat(rejection(broker, state)).contains("--stateDirectory=" + state);
        await(third, () -> weeks.lastOfEachKey().size() > expected.size());
        await(
            third,
            () -> ResultRows.withoutPanes(weeks.lastOfEachKey().values()).containsAll(expected));
        // There are no new rows of the weeks that were closed before the kill.
        assertThat(weeks.values().stream().skip(before)).noneMatch(row -> isFirstWeek(row, ""));
      }
    }
  }

  /** The errors of a run with another flag. */
  private String rejection(LocalBroker broker, Path state) throws Exception {
    try (JarProcess rejected = stream(broker, state, "--period=1d")) {
      assertThat(rejected.exitStatus()).isEqualTo(1);
      return rejected.errors();
    }
  }

  private JarProcess stream(LocalBroker broker, Path state, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--runner=FlinkRunner",
                "--parallelism=1",
                "--input=kafka://" + broker.address() + "/sales",
                "--output=kafka://" + broker.address() + "/shop.",
                "--earlyEvery=1s",
                "--idleAfter=2s",
                "--checkpointingInterval=500",
                "--stateDirectory=" + state));
    args.addAll(List.of(more));
    return JarProcess.analyze(directory, args.toArray(String[]::new));
  }

  private Set<String> expected(Path clean) throws Exception {
    Path output = directory.resolve("file-run");
    PipelineRun run = PipelineRun.of("--input=" + clean, "--output=" + output);
    assertThat(run.status()).as(run.err()).isZero();
    return ResultRows.closedBy("2022-03-07T00:00:00", ResultRows.inFile(output, "weekly-volume"));
  }

  /** Sends SIGKILL to the process and its child. */
  private static void killAll(JarProcess jar) throws Exception {
    List<ProcessHandle> children = jar.handle().descendants().toList();
    jar.kill();
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private static long newestCheckpoint(Path state) throws IOException {
    return StateDirectory.newestCheckpoint(state)
        .map(checkpoint -> Long.parseLong(checkpoint.getFileName().toString().substring(4)))
        .orElse(0L);
  }

  private static boolean isFirstWeek(String row, String pane) {
    return row.contains("\"window_start\":\"2022-01-03") && row.contains(pane);
  }

  private static void await(JarProcess stream, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .failFast(() -> assertThat(stream.isAlive()).as(stream.errors()).isTrue())
        .until(condition);
  }
}

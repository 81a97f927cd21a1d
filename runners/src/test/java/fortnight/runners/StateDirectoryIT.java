package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.StateDirectory;
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

/** A stream on an embedded Flink that is killed and started again with its state. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StateDirectoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  @TempDir private Path directory;

  @Test
  void resumesWhereItWasKilled() throws Exception {
    Path clean = directory.resolve("clean.jsonl");
    Jar.simulate(
        directory,
        "--transactions=3000",
        "--start=2022-01-03",
        "--end=2022-03-14",
        "--output=" + clean);
    List<String> lines = Files.readAllLines(clean);
    Path state = directory.resolve("state");
    try (LocalBroker broker = LocalBroker.start(BrokerConfig.temporary())) {
      Topic sales = Topic.make(broker.address(), "sales", 2);
      Topic weeks = new Topic(broker.address(), "shop.weekly-volume");
      sales.send(lines.subList(0, 1500), 2);

      try (Jar first = stream(broker, state)) {
        await(first, () -> newestCheckpoint(state) > 0); // The topic of the rows is there.
        await(first, () -> weeks.messages().stream().anyMatch(row -> isFirstWeek(row, "ON_TIME")));
        long checkpoint = newestCheckpoint(state);
        await(first, () -> newestCheckpoint(state) > checkpoint + 1);
        killAll(first);
      }
      try (Jar second = stream(broker, state)) {
        killAll(second); // While it starts.
      }
      int before = weeks.messages().size();
      sales.send(lines.subList(1500, lines.size()), 2);
      try (Jar third = stream(broker, state);
          Jar refused = stream(broker, state, "--period=1d")) {
        Set<String> expected = expected(clean);
        await(third, () -> weeks.lastOfEachKey().size() > expected.size());
        await(
            third,
            () -> ResultRows.withoutPanes(weeks.lastOfEachKey().values()).containsAll(expected));
        assertThat(third.errors()).contains("Resuming from " + state);
        assertThat(refused.errors()).contains("--stateDirectory=" + state);
        // The weeks that were over before the kill have no rows that know less.
        assertThat(weeks.messages().subList(before, weeks.messages().size()))
            .noneMatch(row -> isFirstWeek(row, ""));
      }
    }
  }

  private Jar stream(LocalBroker broker, Path state, String... more) throws IOException {
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
    return Jar.pipeline(directory, args.toArray(String[]::new));
  }

  private Set<String> expected(Path clean) throws Exception {
    Path output = directory.resolve("file-run");
    try (Jar run = Jar.pipeline(directory, "--input=" + clean, "--output=" + output)) {
      run.waitFor();
    }
    return ResultRows.closedBy("2022-03-07T00:00:00", ResultRows.inFile(output, "weekly-volume"));
  }

  /** As a power cut does it. */
  private static void killAll(Jar jar) throws Exception {
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

  private static void await(Jar stream, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .failFast(() -> assertThat(stream.isAlive()).as(stream.errors()).isTrue())
        .until(condition);
  }
}

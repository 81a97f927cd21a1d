package fortnight.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A local cluster whose processes are killed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LocalFlinkIT {
  /** With jobs, FaultsIT tests the same. */
  @Test
  @EnabledIfSystemProperty(named = "long", matches = "true")
  void continuesWithoutAKilledProcess() throws Exception {
    FlinkConfig settings =
        FlinkConfig.temporary().withTaskManagers(1, 2).with("heartbeat.timeout", "5000");
    Path data;

    try (LocalFlink flink = LocalFlink.start(settings)) {
      data = flink.data();
      FlinkRest rest = new FlinkRest(flink.address());
      assertThat(rest.taskManagers()).containsExactly("taskmanager-1");

      ClusterProcess first = flink.taskManagers().get(0);
      flink.kill(first);
      flink.startTaskManager();
      flink.awaitReady();

      assertThat(first.isAlive()).isFalse();
      assertThat(flink.taskManagers())
          .extracting(ClusterProcess::name)
          .containsExactly("taskmanager-2");
      awaitTaskManagers(rest, Set.of("taskmanager-2"));

      ClusterProcess before = flink.jobManager();
      ClusterProcess after = flink.restartJobManager();
      flink.awaitReady();

      assertThat(before.isAlive()).isFalse();
      assertThat(after.isAlive()).isTrue();
      assertThat(rest.taskManagers()).containsExactly("taskmanager-2");
    }

    assertThat(data).doesNotExist();
  }

  private static void awaitTaskManagers(FlinkRest rest, Set<String> names) throws Exception {
    while (!rest.taskManagers().equals(names)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Test
  void namesTheMissingTaskManagersWhenTheStartTimesOut() {
    FlinkConfig config =
        FlinkConfig.temporary().withTaskManagers(1, 1).withStartTimeout(Duration.ofMillis(1));

    assertThatThrownBy(() -> LocalFlink.start(config))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("Flink did not start within 0 s: taskmanager-1 not registered")
        .hasMessageContaining("--startTimeout");
  }
}

package fortnight.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.runners.process.Ports;
import java.nio.file.Path;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkConfigTest {
  private static final Ports PORTS = new Ports(8081, 6123);

  @TempDir private Path directory;

  @Test
  void isReadByFlinkAsItIsWritten() throws Exception {
    FlinkConfig settings =
        FlinkConfig.temporary().with("a.key", "with: \"quotes\" # and\\all").withTaskManagers(1, 3);

    FlinkConfig.of(settings, PORTS, directory).writeTo(directory.resolve("conf"));

    assertThat(GlobalConfiguration.loadConfiguration(directory.resolve("conf").toString()).toMap())
        .containsEntry("a.key", "with: \"quotes\" # and\\all")
        .containsEntry("taskmanager.numberOfTaskSlots", "3")
        .containsEntry("rest.port", "8081")
        .containsEntry("execution.batch.adaptive.auto-parallelism.enabled", "false")
        .containsEntry("jobmanager.rpc.port", "6123")
        .containsEntry(
            "state.checkpoints.dir", directory.resolve("checkpoints").toUri().toString());
  }

  @Test
  void takesOverridesButForPortsAndHosts() throws Exception {
    FlinkConfig settings =
        FlinkConfig.temporary()
            .with("state.backend.type", "rocksdb")
            .with("rest.port", "1")
            .with("taskmanager.bind-host", "0.0.0.0");

    FlinkConfig.of(settings, PORTS, directory).writeTo(directory);

    assertThat(GlobalConfiguration.loadConfiguration(directory.toString()).toMap())
        .containsEntry("state.backend.type", "rocksdb")
        .containsEntry("rest.port", "8081")
        .containsEntry("taskmanager.bind-host", "localhost");
  }

  /** A page of another origin must not read what the REST API answers. */
  @Test
  void letsNoOtherPageIn() throws Exception {
    FlinkConfig.of(FlinkConfig.temporary(), PORTS, directory).writeTo(directory);

    assertThat(GlobalConfiguration.loadConfiguration(directory.toString()).toMap())
        .containsEntry("web.access-control-allow-origin", "http://localhost:8081")
        .containsEntry("web.submit.enable", "false")
        .containsEntry("web.cancel.enable", "false");
  }

  @Test
  void sharesTheMemoryOfAProcessOut() throws Exception {
    FlinkConfig config = FlinkConfig.of(FlinkConfig.temporary(), PORTS, directory);

    assertThat(megabytes(config.jobManagerJvm(), "-Xmx")).isBetween(300L, 512L);
    assertThat(megabytes(config.taskManagerJvm(), "-Xmx")).isBetween(400L, 700L);
    assertThat(config.taskManagerArguments())
        .anyMatch(argument -> argument.startsWith("taskmanager.memory.managed.size="));
  }

  @Test
  void refusesSettingsThatFlinkWouldRefuse() {
    FlinkConfig settings = FlinkConfig.temporary().with("taskmanager.memory.process.size", "100m");

    assertThatThrownBy(() -> FlinkConfig.of(settings, PORTS, directory))
        .isInstanceOf(StackFailed.class)
        .hasMessageStartingWith("Flink does not take these settings: ");
  }

  private static long megabytes(Iterable<String> flags, String name) {
    for (String flag : flags) {
      if (flag.startsWith(name)) {
        return Long.parseLong(flag.substring(name.length())) >> 20;
      }
    }
    throw new AssertionError(name);
  }
}

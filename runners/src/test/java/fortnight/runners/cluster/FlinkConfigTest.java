package fortnight.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import fortnight.common.process.Ports;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkConfigTest {
  private static final Ports PORTS = new Ports(8081, 6123);

  @TempDir private Path data;

  @Test
  void setsSlotsPortsAndDirectories() {
    FlinkConfig config =
        FlinkConfig.temporary().with("a.key", "with: \"quotes\" # and\\all").withTaskManagers(1, 3);

    assertThat(writtenAndRead(config))
        .containsEntry("a.key", "with: \"quotes\" # and\\all")
        .containsEntry("taskmanager.numberOfTaskSlots", "3")
        .containsEntry("rest.port", "8081")
        .containsEntry("execution.batch.adaptive.auto-parallelism.enabled", "false")
        .containsEntry("jobmanager.rpc.port", "6123")
        .containsEntry("state.checkpoints.dir", data.resolve("checkpoints").toUri().toString());
  }

  @Test
  void overridesSetEverythingButPortsAndHosts() {
    FlinkConfig config =
        FlinkConfig.temporary()
            .with("state.backend.type", "rocksdb")
            .with("rest.port", "1")
            .with("taskmanager.bind-host", "0.0.0.0");

    assertThat(writtenAndRead(config))
        .containsEntry("state.backend.type", "rocksdb")
        .containsEntry("rest.port", "8081")
        .containsEntry("taskmanager.bind-host", "localhost");
  }

  /** A page of another origin must not read the REST API. */
  @Test
  void allowsOnlyTheOriginOfTheWebUi() {
    assertThat(writtenAndRead(FlinkConfig.temporary()))
        .containsEntry("web.access-control-allow-origin", "http://localhost:8081")
        .containsEntry("web.submit.enable", "false")
        .containsEntry("web.cancel.enable", "false");
  }

  @Test
  void dividesTheMemoryOfAProcess() {
    ProcessMemory memory = new ProcessMemory(FlinkConfig.temporary().settings(PORTS, data));

    assertThat(megabytes(memory.jobManagerJvmFlags(), "-Xmx")).isBetween(300L, 512L);
    assertThat(megabytes(memory.taskManagerJvmFlags(), "-Xmx")).isBetween(400L, 700L);
    assertThat(memory.taskManagerArguments())
        .anyMatch(argument -> argument.startsWith("taskmanager.memory.managed.size="));
  }

  @Test
  void rejectsTooLittleMemory() {
    FlinkConfig config = FlinkConfig.temporary().with("taskmanager.memory.process.size", "100m");

    assertThatThrownBy(() -> new ProcessMemory(config.settings(PORTS, data)))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("Flink rejects a setting: ");
  }

  /** The settings as Flink reads them from the file. */
  private Map<String, String> writtenAndRead(FlinkConfig config) {
    try (ClusterDirectories directories = ClusterDirectories.create("flink", Optional.of(data))) {
      directories.writeConfiguration(config.settings(PORTS, data));
      return GlobalConfiguration.loadConfiguration(directories.configuration().toString()).toMap();
    }
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

package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.cluster.FlinkConfig;
import fortnight.runners.cluster.FlinkConfig.StateBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {
  @TempDir private Path directory;

  @Test
  void namesEverythingThatIsWrong() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    StackFlagReading reading =
        StackFlagReading.read(
            "--taskManagers=0",
            "--slots=many",
            "--port=99999",
            "--broker=-1",
            "--stateBackend=disk",
            "--data=" + file,
            "--config=" + directory.resolve("missing"),
            "--taskManager=1");

    assertThat(reading.problems())
        .containsExactly(
            "Invalid value for option '--slots': 'many' is not an int",
            "Invalid value for option '--stateBackend': expected one of [heap, rocksdb]"
                + " (case-sensitive) but was 'disk'",
            "Unknown option: '--taskManager=1'; did you mean --taskManagers?",
            "--taskManagers=0: from 1 to 100",
            "--port=99999: from 0 to 65535",
            "--broker=-1: from 0 to 65535",
            "--data=" + file + ": is a file, where a directory is needed",
            "--config="
                + directory.resolve("missing")
                + ": cannot be read as properties (no such file)");
  }

  @Test
  void startsNoBrokerUnlessAsked() {
    StackFlagReading reading = StackFlagReading.read();

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.broker()).isEmpty();
    assertThat(reading.flink())
        .isEqualTo(
            new FlinkConfig(
                8081, 2, 2, StateBackend.heap, Optional.empty(), Duration.ofMinutes(3), Map.of()));
  }

  @Test
  void takesATimeForTheStart() {
    assertThat(StackFlagReading.read("--startTimeout=90s").flink().startTimeout())
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(StackFlagReading.read("--startTimeout=soon").problems())
        .containsExactly("--startTimeout=soon: say 90s, or 3m");
  }

  @Test
  void startsTheBrokerWhereClientsLookForItUnlessAPortIsGiven() {
    assertThat(StackFlagReading.read("--broker").broker()).map(BrokerConfig::port).hasValue(9092);
    assertThat(StackFlagReading.read("--broker=0").broker()).map(BrokerConfig::port).hasValue(0);
  }

  @Test
  void keepsTopicsAndCheckpointsInOneDirectory() {
    StackFlagReading reading = StackFlagReading.read("--broker", "--data=" + directory);

    assertThat(reading.flink().data()).hasValue(directory);
    assertThat(reading.broker().orElseThrow().data()).hasValue(directory.resolve("topics"));
  }

  @Test
  void needsAPortForEach() {
    assertThat(StackFlagReading.read("--port=9092", "--broker").problems())
        .containsExactly("--broker=9092: is the port of the web UI");
  }

  @Test
  void takesSettingsOfFlinkFromAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "heartbeat.timeout = 5000\n");

    assertThat(StackFlagReading.read("--config=" + file).flink().overrides())
        .isEqualTo(Map.of("heartbeat.timeout", "5000"));
  }
}

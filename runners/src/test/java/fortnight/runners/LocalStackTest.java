package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.Durations;
import fortnight.common.cli.FlagErrors;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.cluster.FlinkConfig;
import fortnight.runners.cluster.FlinkConfig.StateBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LocalStackTest {
  @TempDir private Path directory;

  @Test
  void reportsAllFlagErrors() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(
            errors(
                "--taskManagers=0",
                "--slots=many",
                "--port=99999",
                "--broker=-1",
                "--stateBackend=disk",
                "--data=" + file,
                "--startTimeout=soon",
                "--config=" + directory.resolve("missing"),
                "--taskManager=1"))
        .containsExactly(
            "--slots=many: 'many' is not an int",
            "--stateBackend=disk: expected one of [heap, rocksdb] (case-sensitive) but was 'disk'",
            "--startTimeout=soon: not a duration; use 7d, 12h, 15m, 10s, or ISO 8601 such as P7D",
            "--taskManager: unknown flag; did you mean --taskManagers?",
            "--taskManagers=0: from 1 to 100",
            "--port=99999: from 0 to 65535",
            "--broker=-1: from 0 to 65535",
            "--data=" + file + ": is a file; a directory is needed",
            "--config=" + directory.resolve("missing") + ": does not exist",
            "See --help.");
  }

  @Test
  void startsNoBrokerByDefault() {
    LocalStack stack = stack();

    assertThat(stack.broker()).isEmpty();
    assertThat(stack.flink())
        .isEqualTo(
            new FlinkConfig(
                8081, 2, 2, StateBackend.heap, Optional.empty(), Duration.ofMinutes(3), Map.of()));
  }

  @Test
  void limitsTheTimeOfTheStart() {
    assertThat(stack("--startTimeout=90s").flink().startTimeout())
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(errors("--startTimeout=0s"))
        .containsExactly("--startTimeout=0: must be longer than zero; use 3m", "See --help.");
  }

  @Test
  void startsTheBrokerAtKafkasPortByDefault() {
    assertThat(stack("--broker").broker()).map(BrokerConfig::port).hasValue(9092);
    assertThat(stack("--broker=0").broker()).map(BrokerConfig::port).hasValue(0);
  }

  @Test
  void keepsTopicsAndCheckpointsInOneDirectory() {
    LocalStack stack = stack("--broker", "--data=" + directory);

    assertThat(stack.flink().data()).hasValue(directory);
    assertThat(stack.broker().orElseThrow().data()).hasValue(directory.resolve("topics"));
  }

  @Test
  void requiresDifferentPorts() {
    assertThat(errors("--port=9092", "--broker"))
        .containsExactly(
            "--broker=9092: is the port of the web UI; use another one", "See --help.");
  }

  @Test
  void readsSettingsOfFlinkFromAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "heartbeat.timeout = 5000\n");

    assertThat(stack("--config=" + file).flink().overrides())
        .isEqualTo(Map.of("heartbeat.timeout", "5000"));
  }

  @Test
  void helpShowsTheDefaults() {
    ByteArrayOutputStream help = new ByteArrayOutputStream();

    int status = new LocalStack().execute(new PrintStream(help, true, UTF_8), System.err, "--help");

    assertThat(status).isZero();
    assertThat(help.toString(UTF_8))
        .contains("Usage: cluster", "8081", "9092", "heap, rocksdb", "default: 3m");
  }

  /** The command with flags that are right. */
  private static LocalStack stack(String... flags) {
    LocalStack stack = new LocalStack();
    CommandLine line = new CommandLine(stack);
    line.registerConverter(Duration.class, Durations::parse);
    FlagErrors errors = new FlagErrors();
    line.parseArgs(flags);
    stack.check(errors);
    assertThat(errors.list()).isEmpty();
    return stack;
  }

  /** The lines on standard error of a command with wrong flags. */
  private static String[] errors(String... flags) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status = new LocalStack().execute(System.out, new PrintStream(errors, true, UTF_8), flags);
    assertThat(status).isEqualTo(CommandException.WRONG_FLAGS);
    return errors.toString(UTF_8).lines().toArray(String[]::new);
  }
}

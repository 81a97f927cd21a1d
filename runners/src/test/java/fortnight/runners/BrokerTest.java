package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.FlagErrors;
import fortnight.runners.broker.BrokerConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BrokerTest {
  @TempDir private Path directory;

  @Test
  void reportsAllFlagErrors() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "log.dirs=elsewhere");

    assertThat(errors("--port=99999", "--data=" + file, "--config=" + file, "--ports"))
        .containsExactly(
            "--ports: unknown flag; did you mean --port?",
            "--port=99999: from 0 to 65535",
            "--data=" + file + ": is a file; a directory is needed",
            "--config=" + file + ": sets the directory of the topics; use --data",
            "See --help.");
  }

  @Test
  void reportsAConfigurationThatCannotBeRead() throws Exception {
    Path missing = directory.resolve("missing");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF});

    assertThat(errors("--config=" + missing))
        .containsExactly("--config=" + missing + ": does not exist", "See --help.");
    assertThat(errors("--config=" + binary))
        .containsExactly("--config=" + binary + ": not a properties file in UTF-8", "See --help.");
  }

  @Test
  void readsPropertiesFromAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "num.partitions = 3 \n");
    Broker command = new Broker();
    FlagErrors errors = new FlagErrors();

    new CommandLine(command).parseArgs("--config=" + file);
    command.check(errors);

    assertThat(errors.list()).isEmpty();
    assertThat(command.config())
        .isEqualTo(new BrokerConfig(9092, Optional.empty(), Map.of("num.partitions", "3")));
  }

  /** The lines on standard error of a command with wrong flags. */
  private static String[] errors(String... flags) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status = new Broker().execute(System.out, new PrintStream(errors, true, UTF_8), flags);
    assertThat(status).isEqualTo(CommandException.WRONG_FLAGS);
    return errors.toString(UTF_8).lines().toArray(String[]::new);
  }
}

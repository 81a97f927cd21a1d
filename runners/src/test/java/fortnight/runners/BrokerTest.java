package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
  @TempDir private Path directory;

  @Test
  void namesEverythingThatIsWrong() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "log.dirs=elsewhere");

    BrokerFlagReading reading =
        BrokerFlagReading.read("--port=99999", "--data=" + file, "--config=" + file, "--ports");

    assertThat(reading.problems())
        .containsExactly(
            "Unknown option: '--ports'; did you mean --port?",
            "--port=99999: from 0 to 65535",
            "--data=" + file + ": is a file, where a directory is needed",
            "--config=" + file + ": where topics are kept is for --data to say");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path missing = directory.resolve("missing");

    assertThat(BrokerFlagReading.read("--config=" + missing).problems())
        .containsExactly("--config=" + missing + ": cannot be read as properties (no such file)");
  }

  @Test
  void takesPropertiesFromAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "num.partitions = 3 \n");

    BrokerFlagReading reading = BrokerFlagReading.read("--config=" + file);

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.settings())
        .isEqualTo(new BrokerConfig(9092, Optional.empty(), Map.of("num.partitions", "3")));
  }
}

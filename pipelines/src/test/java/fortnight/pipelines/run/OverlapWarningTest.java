package fortnight.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.options.RetailConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapWarningTest {
  private String input;

  @BeforeEach
  void hasAnInput(@TempDir Path directory) throws IOException {
    input = "--input=" + Files.writeString(directory.resolve("sales.jsonl"), "{}\n");
  }

  @Test
  void statesTheNumberOfWindowsAndWhatToChange() {
    assertThat(warning("--every=1m", "--against=364d"))
        .hasValue(
            "warning: with --every=1m and --against=364d, 534,240 windows overlap, and each has"
                + " rows and, in a stream, state for every item that is sold in it; use a longer"
                + " --every, such as 1d.");
  }

  @ParameterizedTest
  @CsvSource({"--every=1m, 20160", "--period=1m --against=364d, 524161"})
  void countsTheWindowsThatOverlap(String flags, long windows) {
    assertThat(warning(flags.split(" ")).orElseThrow().replace(",", ""))
        .contains(" " + windows + " windows overlap");
  }

  @ParameterizedTest
  @CsvSource({
    "--every=1h",
    "--every=1h --against=364d",
    "--period=1mo --against=12mo",
    "--every=1m --analyses=weekly-volume"
  })
  void isAbsentForFewerWindowsAndWithoutChanges(String flags) {
    assertThat(warning(flags.split(" "))).isEmpty();
  }

  private Optional<String> warning(String... flags) {
    return OverlapWarning.of(
        RetailConfig.parse(
            Stream.concat(Stream.of(input), Stream.of(flags)).toArray(String[]::new)));
  }
}

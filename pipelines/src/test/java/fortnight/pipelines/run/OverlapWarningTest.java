package fortnight.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.options.RetailConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapWarningTest {
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

  private static Optional<String> warning(String... flags) {
    return OverlapWarning.of(RetailConfig.parse(flags));
  }
}

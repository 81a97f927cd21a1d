package fortnight.common.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "7d, 604800",
    "12h, 43200",
    "15m, 900",
    "10s, 10",
    "P7D, 604800",
    "p7d, 604800",
    "PT1H30M, 5400",
    "P2W, 1209600",
    "36525d, 3155760000"
  })
  void parsesShortAndIsoDurations(String text, long seconds) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"0", "0s", "0d", "PT0S"})
  void acceptsZeroOnlyWhereItIsAsked(String zero) {
    assertThat(Durations.parseOrZero(zero)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(zero))
        .withMessage("must be longer than zero");
  }

  @ParameterizedTest
  @CsvSource({
    "'', not a duration",
    "week, not a duration",
    "7, not a duration",
    "7w, not a duration",
    "P1M, not a duration",
    "-1d, not a duration",
    "-PT1S, must be longer than zero",
    "PT0.0001S, must be longer than zero",
    "36526d, longer than a hundred years",
    "PT999999999999999999H, not a duration"
  })
  void rejectsEverythingElse(String text, String error) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parseOrZero(text))
        .withMessage(error);
  }

  @Test
  void truncatesToMilliseconds() {
    assertThat(Durations.parse("PT1.0019S")).isEqualTo(Duration.ofMillis(1001));
  }
}

package fortnight.report.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimesTest {
  private final LocalTimes times = new LocalTimes();

  @Test
  void parsesToMillisecondsSince1970() {
    assertThat(times.millis("1970-01-02T00:00:00.001")).isEqualTo(86_400_001);
    assertThat(times.millis("1969-12-31T23:59:59")).isEqualTo(-1_000);
    assertThat(times.millis("+10000-01-03T00:00:00")).isEqualTo(253_402_473_600_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-01-01T00:00:00",
        "-999999999-01-01T00:00:00",
        "+275760-09-13T00:00:00",
        "2022-01-32T00:00:00",
        "soon"
      })
  void rejectsTextsThatAreNotDatesOfJavaScript(String text) {
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> times.millis(text));
  }
}

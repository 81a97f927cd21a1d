package fortnight.report.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fortnight.common.time.LocalDateTimes;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatestEventTimeTest {
  private static final LocalDateTimes BERLIN = LocalDateTimes.in(ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2023-01-02T09:08, 2023-01-02T09:08",
    "2023-01-02 09:08:07.123456789, 2023-01-02T09:08:07.123",
    "2023-01-02T09:00Z, 2023-01-02T10:00",
    "2023-07-02 09:00:00.5+02:00, 2023-07-02T09:00:00.500",
    "2023-01-02T09:00:00-0530, 2023-01-02T15:30",
    "2023-01-02T09:00:00+01, 2023-01-02T09:00",
    "20230102t090807 UTC, 2023-01-02T10:08:07",
    "1970-12-31T23:30Z, 1971-01-01T00:30",
    "9999-12-31T23:59:59, 9999-12-31T23:59:59",
  })
  void parsesTimestampsAsThePipelineDoes(String timestamp, String localTime) {
    long millis = LocalDateTime.parse(localTime).toInstant(ZoneOffset.UTC).toEpochMilli();

    assertThat(LatestEventTime.millis(timestamp, BERLIN)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-01-01T00:00:00",
        "-999999999-01-01T00:00:00+18:00",
        "+999999999-12-31T23:59:59-18:00",
        "1970-12-31T23:59:59",
        "9999-12-31T23:30Z",
        "soon",
        ""
      })
  void rejectsTimestampsOutsideOfTheYears1971To9999(String timestamp) {
    assertThatExceptionOfType(DateTimeException.class)
        .isThrownBy(() -> LatestEventTime.millis(timestamp, BERLIN));
  }

  @Test
  void rejectsLongTimestamps() {
    assertThatExceptionOfType(DateTimeException.class)
        .isThrownBy(
            () -> LatestEventTime.millis("2023-01-02T09:08:07" + "+01:00".repeat(100_000), BERLIN));
  }
}

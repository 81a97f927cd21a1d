package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_TIMESTAMP;
import static fortnight.transforms.RejectReason.TIMESTAMP_OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.common.time.EventTimeRange;
import fortnight.transforms.formats.TimeNotation;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {
  private static final EventTimes UTC = EventTimes.in(ZoneOffset.UTC);
  private static final EventTimes BERLIN = EventTimes.in(ZoneId.of("Europe/Berlin"));

  @Test
  void returnsMillisecondsSince1970() throws Rejection {
    assertThat(UTC.parse("1971-01-01T00:00:00.001")).isEqualTo(365 * 86_400_000L + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-02T09:08, 2023-01-02T09:08:00.000Z",
    "2023-01-02 09:08, 2023-01-02T09:08:00.000Z",
    "2023-01-02T09:08:07, 2023-01-02T09:08:07.000Z",
    "2023-01-02 09:08:07, 2023-01-02T09:08:07.000Z",
    "2024-02-29T23:59:59, 2024-02-29T23:59:59.000Z",
    "2023-01-01T05:59:40.799777, 2023-01-01T05:59:40.799Z",
  })
  void treatsATimestampWithoutAnOffsetAsLocal(String timestamp, String wall) {
    assertThat(UTC.at(timestamp)).hasToString(wall);
    assertThat(BERLIN.at(timestamp)).hasToString(wall);
  }

  @ParameterizedTest
  @CsvSource({
    ".1, .100",
    ".12, .120",
    ".123, .123",
    ".1239, .123",
    ".12399, .123",
    ".000999, .000",
    ".0009999, .000",
    ".99999999, .999",
    ".999999999, .999"
  })
  void truncatesToMilliseconds(String fraction, String millis) {
    assertThat(UTC.at("2023-01-02T09:08:07" + fraction))
        .hasToString("2023-01-02T09:08:07" + millis + "Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-02T09:00Z, 2023-01-02T09:00:00.000Z",
    "2023-01-02 09:00:00.5Z, 2023-01-02T09:00:00.500Z",
    "2023-01-02T09:00+02:00, 2023-01-02T07:00:00.000Z",
    "2023-01-02T09:00:00-0530, 2023-01-02T14:30:00.000Z",
    "2023-01-02T09:00:00.25+01, 2023-01-02T08:00:00.250Z",
    "2023-01-01T00:30+01:00, 2022-12-31T23:30:00.000Z",
    "2023-01-02T09:00-00:00, 2023-01-02T09:00:00.000Z"
  })
  void convertsOffsetsToTheZoneOfTheBusiness(String timestamp, String wall) {
    assertThat(UTC.at(timestamp)).hasToString(wall);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "2023-01-02T09; 2023-01-02T09:00:00.000Z",
        "20230102T0900; 2023-01-02T09:00:00.000Z",
        "20230102T090807Z; 2023-01-02T09:08:07.000Z",
        "20230102T090807.25+0200; 2023-01-02T07:08:07.250Z",
        "20230102 09:08:07; 2023-01-02T09:08:07.000Z",
        "2023-01-02T24:00:00; 2023-01-03T00:00:00.000Z",
        "2022-12-31T24:00; 2023-01-01T00:00:00.000Z",
        "2016-12-31T23:59:60Z; 2016-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60.5Z; 2016-12-31T23:59:59.999Z",
        "2017-01-01T05:29:60+05:30; 2016-12-31T23:59:59.999Z",
        "2023-01-02T09:08:07,799; 2023-01-02T09:08:07.799Z",
        "2023-01-02T09:08:07.1234567890123456789012; 2023-01-02T09:08:07.123Z",
        "2023-01-02T09:00.5; 2023-01-02T09:00:30.000Z",
        "2023-01-02T09,25; 2023-01-02T09:15:00.000Z",
        "2023-01-02t09:00z; 2023-01-02T09:00:00.000Z",
        "| 2023-01-02T09:00\t|; 2023-01-02T09:00:00.000Z",
        "2023-01-02 09:08:07.799777 UTC; 2023-01-02T09:08:07.799Z",
        "2023-01-02 09:08:07 GMT; 2023-01-02T09:08:07.000Z",
        "2023-01-02 09:08:07utc; 2023-01-02T09:08:07.000Z",
        "2023-01-02 09:08:07 +0100; 2023-01-02T08:08:07.000Z",
        "2023-01-02T09:00 Z; 2023-01-02T09:00:00.000Z",
        "2023-01-02T09:00+23:59; 2023-01-01T09:01:00.000Z",
        "2023-01-02T09:00-19:00; 2023-01-03T04:00:00.000Z",
        "2023-01-02T09:00+01:00[Europe/Berlin]; 2023-01-02T08:00:00.000Z",
        "2023-01-02T09:00Z[UTC]; 2023-01-02T09:00:00.000Z",
        "+002023-01-02T09:00; 2023-01-02T09:00:00.000Z",
        "10000-01-01T00:30+01:00; 9999-12-31T23:30:00.000Z"
      })
  void acceptsCommonVariants(String timestamp, String wall) {
    assertThat(UTC.at(timestamp)).hasToString(wall);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-02T09:00Z, 2023-01-02T10:00:00.000Z",
    "2023-07-02T09:00Z, 2023-07-02T11:00:00.000Z",
    "2023-03-26T00:59:59.999Z, 2023-03-26T01:59:59.999Z",
    "2023-03-26T01:00:00Z, 2023-03-26T03:00:00.000Z",
    "2023-10-29T00:30:00Z, 2023-10-29T02:30:00.000Z",
    "2023-10-29T01:30:00Z, 2023-10-29T02:30:00.000Z",
    "2023-01-02T09:00+01:00, 2023-01-02T09:00:00.000Z"
  })
  void appliesDaylightSavingTime(String timestamp, String wall) {
    assertThat(BERLIN.at(timestamp)).hasToString(wall);
  }

  @Test
  void acceptsALocalTimeInADaylightSavingGap() {
    assertThat(BERLIN.at("2023-03-26T02:30")).hasToString("2023-03-26T02:30:00.000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2023",
        "2023-01-02",
        "2023-01-02T09:",
        "2023-02-29T00:00",
        "2023-13-01T00:00",
        "2023-00-01T00:00",
        "2023-01-00T00:00",
        "2023-01-02T09:60",
        "2023-01-02T24:01",
        "2023-01-02T24:00:00.001",
        "2023-01-02T25:00",
        "2023-01-02T09:14:61",
        "2023-01-02T0914:00",
        "2023-01-02T09:1400",
        "2023-01-02T09:00:00,",
        "2023-01-02T09:00+24:00",
        "2023-01-02T09:00+01:00[Europe/Atlantis]",
        "2023-01-02T09:00+01:00[Europe/Berlin",
        "2023-01-02T09:00 CET",
        "2023-01-02T09:00UTC+1",
        "2023-003T09:00",
        "2023-W01-1T09:00",
        "2023-01-0209:00",
        "20230102",
        "202301T09:00",
        "12345-99-99T99:99",
        "1234567890-01-01T00:00",
        "+2023-01-02",
        "2023-01-02T09:00:60",
        "2023-01-02T09:00:",
        "2023-01-02T09:00:0",
        "2023-01-02T09:00:00.",
        "2023-01-02T09:00:00.Z",
        "2023-01-02  09:00",
        "2023-01-02_09:00",
        "2023-01-02T09:00x",
        "2023-01-02T09:00ZZ",
        "2023-01-02T09:00+2",
        "2023-01-02T09:00+01:00:30",
        "2023-01-02T09:00+01:60",
        "2023-01-02T09:00+",
        "2023-01-02T09:00Europe/Berlin",
        "2023-01-02T09:00[UTC]",
        "2023/01/02T09:00",
        "02.01.2023 09:00",
        "٢٠٢٣-01-02T09:00",
        "167265"
      })
  void rejectsInvalidTimestamps(String timestamp) {
    Rejection rejection = rejection(UTC, timestamp);

    assertThat(rejection)
        .hasMessage(
            "timestamp: \""
                + timestamp
                + "\" is not a calendar date and time; use ISO 8601, such as"
                + " 2023-01-03T05:59:40.799Z");
    assertThat(rejection.reason()).isEqualTo(BAD_TIMESTAMP);
  }

  @Test
  void acceptsTheYears1971To9999() throws Rejection {
    assertThat(UTC.parse("1971-01-01T00:00")).isEqualTo(EventTimeRange.FIRST);
    assertThat(UTC.parse("9999-12-31T23:59:59.999999999")).isEqualTo(EventTimeRange.END - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-12-31T23:59:59.999",
        "1970-01-01T00:00",
        "0000-01-01T00:00",
        "0001-01-01T00:00",
        "10000-01-01T00:00:00",
        "-0001-01-01T00:00:00Z",
        "+12345-01-01 00:00",
        "123456789-01-01T00:00"
      })
  void rejectsOtherYears(String timestamp) {
    Rejection rejection = rejection(UTC, timestamp);

    assertThat(rejection)
        .hasMessage("timestamp: \"" + timestamp + "\" is outside the years 1971 to 9999");
    assertThat(rejection.reason()).isEqualTo(TIMESTAMP_OUT_OF_RANGE);
  }

  @Test
  void checksTheYearInTheZoneOfTheBusiness() throws Rejection {
    assertThat(UTC.parse("1970-12-31T23:30-01:00")).isEqualTo(UTC.parse("1971-01-01T00:30"));
    assertThat(rejection(UTC, "1971-01-01T00:30+01:00").reason()).isEqualTo(TIMESTAMP_OUT_OF_RANGE);
    assertThat(rejection(UTC, "9999-12-31T23:30-01:00").reason()).isEqualTo(TIMESTAMP_OUT_OF_RANGE);
    assertThat(rejection(BERLIN, "9999-12-31T23:30Z").reason()).isEqualTo(TIMESTAMP_OUT_OF_RANGE);
    assertThat(BERLIN.parse("1970-12-31T23:30Z")).isEqualTo(UTC.parse("1971-01-01T00:30"));
  }

  @Test
  void throwsIllegalArgumentExceptionToCallers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UTC.at("soon"))
        .withMessage("soon is not a calendar date and time");
  }

  private static Rejection rejection(EventTimes eventTimes, String timestamp) {
    TimestampParser parser = new TimestampParser(eventTimes, TimeNotation.ISO);
    return catchThrowableOfType(Rejection.class, () -> parser.parse(timestamp, true))
        .at("timestamp");
  }

  @Test
  void parsesADateAsMidnight() {
    assertThat(BERLIN.atDateOrTime("2023-01-02")).hasToString("2023-01-02T00:00:00.000Z");
    assertThat(BERLIN.atDateOrTime("2023-01-02T09:08")).hasToString("2023-01-02T09:08:00.000Z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BERLIN.atDateOrTime("9:08"))
        .withMessage("not a date or time in the years 1971 to 9999");
  }
}

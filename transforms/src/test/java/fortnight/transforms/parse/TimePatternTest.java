package fortnight.transforms.parse;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.formats.TimeNotation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in patterns, compared with {@link DateTimeFormatter} alone. */
class TimePatternTest {
  private static final String CHARACTERS = "0123456789/-.: T+t";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M/d/yyyy H:mm",
        "MM/dd/yyyy HH:mm:ss",
        "d.M.uuuu",
        "dd.MM.yyyy HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy/M/d, H:mm",
        "yyyyMMdd",
        "d/M/yy H:mm",
        "M/d/yyyy h:mm a",
        "M/d/yyyy H:m",
        "d/M/yyyy M"
      })
  void agreesWithTheFormatter(String pattern) {
    TimeNotation notation = new TimeNotation(null, pattern);
    TimestampParser parser = new TimestampParser(EventTimes.in(ZoneOffset.UTC), notation);
    DateTimeFormatter formatter = notation.formatter();
    Random random = new Random(9);
    int parsed = 0;
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time =
          LocalDateTime.of(1969, 12, 30, 0, 0).plusSeconds((long) (random.nextDouble() * 3e9));
      String text = mutated(formatter.format(time), random);

      OptionalLong expected = expected(formatter, text);
      if (!parser.eventTime(text, true).equals(expected)) {
        assertThat(parser.eventTime(text, true)).as(text).isEqualTo(expected);
      }
      parsed += expected.isPresent() ? 1 : 0;
    }
    assertThat(parsed).isGreaterThan(5_000);
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    switch (random.nextInt(6)) {
      case 0 -> mutated.setCharAt(at, c);
      case 1 -> mutated.insert(at, c);
      case 2 -> mutated.deleteCharAt(at);
      case 3 -> mutated.append(c);
      default -> {}
    }
    return mutated.toString();
  }

  private static OptionalLong expected(DateTimeFormatter formatter, String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text.strip());
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      boolean isInRange = date.getYear() >= 1971 && date.getYear() <= 9999;
      return isInRange
          ? OptionalLong.of(
              date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                  .toInstant(ZoneOffset.UTC)
                  .toEpochMilli())
          : OptionalLong.empty();
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}

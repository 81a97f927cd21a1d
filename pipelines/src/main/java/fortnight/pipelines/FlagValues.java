package fortnight.pipelines;

import fortnight.transforms.parse.EventTimes;
import fortnight.transforms.volumes.ComparisonWindows;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** What names and times in flags mean; each says in one sentence why it means nothing. */
final class FlagValues {
  private FlagValues() {}

  static Analysis analysis(String title) {
    return Analysis.titled(title)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such analysis; there are " + String.join(", ", Analysis.titles())));
  }

  static boolean trueOrFalse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("use true or false");
    };
  }

  static DayOfWeek weekday(String name) {
    try {
      return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no weekday; say MONDAY, or SUNDAY", e);
    }
  }

  static ComparisonWindows windows(Duration period, Duration every, DayOfWeek weekStart) {
    try {
      return ComparisonWindows.of(period, every, weekStart);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "does not divide the period without remainder; of 7d say 1d, or 12h", e);
    }
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no such time zone; say Europe/Berlin, or +01:00", e);
    }
  }

  static Instant time(String text, ZoneId zone) {
    boolean dateOnly = text.indexOf('T') < 0 && text.indexOf(' ') < 0;
    try {
      return EventTimes.in(zone).at(dateOnly ? text + "T00:00" : text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no date or time in the years 1971 to 9999", e);
    }
  }

  static Instant now(ZoneId zone) {
    return Instant.ofEpochMilli(LocalDateTime.now(zone).toInstant(ZoneOffset.UTC).toEpochMilli());
  }
}

package fortnight.pipelines.options;

import fortnight.common.Analysis;
import fortnight.transforms.volumes.ComparisonWindows;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Converts names and times in flags; throws IllegalArgumentException with the reason. */
final class FlagValues {
  private FlagValues() {}

  static Analysis analysis(String title) {
    return Analysis.titled(title)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown analysis; use " + String.join(", ", Analysis.titles())));
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
      throw new IllegalArgumentException("not a weekday; use MONDAY or SUNDAY", e);
    }
  }

  static ComparisonWindows windows(Duration period, Duration every, DayOfWeek weekStart) {
    try {
      return ComparisonWindows.of(period, every, weekStart);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "does not divide the period without remainder; for 7d use 1d or 12h", e);
    }
  }

  static Instant now(ZoneId zone) {
    return Instant.ofEpochMilli(LocalDateTime.now(zone).toInstant(ZoneOffset.UTC).toEpochMilli());
  }
}

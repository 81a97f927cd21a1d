package fortnight.pipelines.options;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.joda.time.Instant;

/** Converts names and times in flags; throws IllegalArgumentException with the reason. */
final class FlagValues {
  private FlagValues() {}

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

  static Instant now(ZoneId zone) {
    return Instant.ofEpochMilli(LocalDateTime.now(zone).toInstant(ZoneOffset.UTC).toEpochMilli());
  }
}

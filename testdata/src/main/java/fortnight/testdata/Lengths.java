package fortnight.testdata;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as flags give them: {@code 10s}, {@code 15m}, {@code 1h}, {@code 3d}, or ISO-8601; up
 * to 100 years.
 */
final class Lengths {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhd])");

  private static final Duration LONGEST = Duration.ofDays(36_525);

  private Lengths() {}

  static Duration parse(String text) {
    Duration duration = read(text);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not from 0 to 100 years (36525d)");
    }
    return duration;
  }

  private static Duration read(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofDays(count);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration such as 10s, 15m, 1h or 3d", e);
    }
  }
}

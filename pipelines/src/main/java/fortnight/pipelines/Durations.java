package fortnight.pipelines;

import java.time.DateTimeException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.time.Duration;

/**
 * Lengths of time as flags say them: {@code 7d}, {@code 12h}, {@code 15m}, {@code 10s}, ISO-8601.
 */
final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([dhms])");
  private static final Pattern ZERO = Pattern.compile("0[dhms]?|PT0S");
  private static final Pattern ISO_WEEKS = Pattern.compile("P(\\d{1,6})W");

  private static final java.time.Duration LONGEST = java.time.Duration.ofDays(36_525);

  private Durations() {}

  /** The same, or nothing: {@code 0s}. */
  static Duration parseOrZero(String text) {
    return ZERO.matcher(text).matches() ? Duration.ZERO : parse(text);
  }

  static Duration parse(String text) {
    Matcher matcher = SHORT.matcher(text);
    try {
      java.time.Duration duration =
          matcher.matches()
              ? of(Long.parseLong(matcher.group(1)), matcher.group(2).charAt(0))
              : iso(text.toUpperCase(Locale.ROOT));
      if (duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(text + " is more than a hundred years");
      }
      if (duration.toMillis() > 0) {
        return Duration.millis(duration.toMillis());
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(text + " is not a length of time", e);
    }
    throw new IllegalArgumentException(text + " is no time at all");
  }

  private static java.time.Duration of(long amount, char unit) {
    return switch (unit) {
      case 'd' -> java.time.Duration.ofDays(amount);
      case 'h' -> java.time.Duration.ofHours(amount);
      case 'm' -> java.time.Duration.ofMinutes(amount);
      default -> java.time.Duration.ofSeconds(amount);
    };
  }

  private static java.time.Duration iso(String text) {
    Matcher weeks = ISO_WEEKS.matcher(text);
    return weeks.matches()
        ? java.time.Duration.ofDays(7 * Long.parseLong(weeks.group(1)))
        : java.time.Duration.parse(text);
  }
}

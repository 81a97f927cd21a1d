package fortnight.common.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses durations of flags: {@code 7d}, {@code 12h}, {@code 15m}, {@code 10s}, or ISO 8601; up to
 * 100 years. A result is a whole number of milliseconds.
 */
public final class Durations {
  /** What to write instead of a duration that cannot be parsed. */
  public static final String ADVICE = "use 7d, 12h, 15m, 10s, or ISO 8601 such as P7D";

  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([dhms])");
  private static final Pattern ISO_WEEKS = Pattern.compile("P(\\d{1,6})W");
  private static final Pattern MONTHS = Pattern.compile("(\\d{1,4})(mo|y)|P(\\d{1,4})([MY])");
  private static final int MONTHS_OF_YEAR = 12;
  private static final int MAX_MONTHS = 1_200;
  private static final Duration MAX = Duration.ofDays(36_525);

  private Durations() {}

  /**
   * Parses a duration longer than zero.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Duration parse(String text) {
    Duration duration = parseOrZero(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be longer than zero");
    }
    return duration;
  }

  /**
   * Parses a duration of zero or longer; {@code 0} needs no unit.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Duration parseOrZero(String text) {
    Duration duration;
    try {
      Matcher matcher = SHORT.matcher(text);
      if (text.equals("0")) {
        duration = Duration.ZERO;
      } else if (matcher.matches()) {
        duration = of(Long.parseLong(matcher.group(1)), matcher.group(2).charAt(0));
      } else {
        duration = iso(text.toUpperCase(Locale.ROOT));
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not a duration", e);
    }
    if (duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("longer than a hundred years");
    }
    Duration millis = Duration.ofMillis(duration.toMillis());
    if (millis.isNegative() || (millis.isZero() && !duration.isZero())) {
      throw new IllegalArgumentException("must be longer than zero");
    }
    return millis;
  }

  /**
   * Returns the number of months of a period of the calendar: {@code 1mo}, {@code 1y}, {@code P1M},
   * {@code P1Y}; empty if the text is not one.
   *
   * @throws IllegalArgumentException if it is longer than 100 years
   */
  public static OptionalInt months(String text) {
    Matcher matcher = MONTHS.matcher(text);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    int amount = Integer.parseInt(matcher.group(1) == null ? matcher.group(3) : matcher.group(1));
    String unit = matcher.group(2) == null ? matcher.group(4) : matcher.group(2);
    int months = unit.equalsIgnoreCase("y") ? MONTHS_OF_YEAR * amount : amount;
    if (months > MAX_MONTHS) {
      throw new IllegalArgumentException("longer than a hundred years");
    }
    return OptionalInt.of(months);
  }

  private static Duration of(long amount, char unit) {
    return switch (unit) {
      case 'd' -> Duration.ofDays(amount);
      case 'h' -> Duration.ofHours(amount);
      case 'm' -> Duration.ofMinutes(amount);
      default -> Duration.ofSeconds(amount);
    };
  }

  private static Duration iso(String text) {
    Matcher weeks = ISO_WEEKS.matcher(text);
    return weeks.matches()
        ? Duration.ofDays(7 * Long.parseLong(weeks.group(1)))
        : Duration.parse(text);
  }
}

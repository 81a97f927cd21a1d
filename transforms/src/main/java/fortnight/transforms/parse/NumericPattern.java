package fortnight.transforms.parse;

import static fortnight.common.time.EventTimeRange.FIRST_YEAR;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_DAY;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_HOUR;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_MINUTE;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_SECOND;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Parses local times in patterns of numbers, such as {@code M/d/yyyy H:mm}, as their formatter
 * does, but without its objects. All other times are left to the formatter.
 */
final class NumericPattern {
  private static final Pattern SUPPORTED =
      Pattern.compile("(?:(?:yyyy|uuuu|MM?|dd?|HH?|mm|ss)(?:[-/.:, T]|'T'|$))*");

  private static final List<String> SUPPORTED_FIELDS = List.of("Mdu", "HMdmu", "HMdmsu");

  /** The letter of a field once or twice, or four letters u, or the character between fields. */
  private final char[] pattern;

  private NumericPattern(char[] pattern) {
    this.pattern = pattern;
  }

  /** Returns null if the pattern has other fields, or fields without a character in between. */
  static @Nullable NumericPattern of(String text) {
    String pattern = text.replace("'T'", "T").replace("yyyy", "uuuu");
    char[] fields =
        pattern.replaceAll("(\\p{L})\\1+", "$1").replaceAll("[^MdHmsu]", "").toCharArray();
    Arrays.sort(fields);
    return SUPPORTED.matcher(text).matches() && SUPPORTED_FIELDS.contains(new String(fields))
        ? new NumericPattern(pattern.toCharArray())
        : null;
  }

  /**
   * Returns milliseconds; {@link TimestampParser#UNUSUAL} if the formatter may accept or reject the
   * text.
   */
  long parse(String text) {
    int[] values = new int['u' + 1];
    int at = 0;
    for (int i = 0; i < pattern.length; i++) {
      char field = pattern[i];
      if (!Character.isLetter(field) || field == 'T') {
        if (at == text.length() || text.charAt(at) != field) {
          return TimestampParser.UNUSUAL;
        }
        at++;
        continue;
      }
      int minDigits = 1;
      while (i + 1 < pattern.length && pattern[i + 1] == field) {
        minDigits++;
        i++;
      }
      int end = Math.min(text.length(), at + Math.max(2, minDigits));
      int first = at;
      while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        values[field] = 10 * values[field] + text.charAt(at) - '0';
        at++;
      }
      if (at - first < minDigits) {
        return TimestampParser.UNUSUAL;
      }
    }
    return at == text.length() ? millis(values) : TimestampParser.UNUSUAL;
  }

  private static long millis(int[] values) {
    int month = values['M'];
    boolean isValid =
        values['u'] >= FIRST_YEAR
            && month >= 1
            && month <= 12
            && values['d'] >= 1
            && values['d'] <= Month.of(month).length(Year.isLeap(values['u']))
            && values['H'] < 24
            && values['m'] < 60
            && values['s'] < 60;
    return isValid
        ? LocalDate.of(values['u'], month, values['d']).toEpochDay() * MILLIS_PER_DAY
            + values['H'] * MILLIS_PER_HOUR
            + values['m'] * MILLIS_PER_MINUTE
            + values['s'] * MILLIS_PER_SECOND
        : TimestampParser.UNUSUAL;
  }
}

package fortnight.common.time;

import static fortnight.common.time.EventTimeRange.FIRST_YEAR;
import static fortnight.common.time.EventTimeRange.LAST_YEAR;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_DAY;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_HOUR;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_MINUTE;
import static fortnight.common.time.EventTimeRange.MILLIS_PER_SECOND;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Parses timestamps into local date-times of the business, in milliseconds on the UTC axis.
 *
 * <p>Accepts ISO 8601 calendar dates with a time, extended or basic, RFC 3339, and common variants:
 * a space or {@code t} instead of {@code T}, a comma before the fraction, a space before the
 * offset, {@code UTC} and {@code GMT}, a {@code [Zone]} after the offset, and surrounding white
 * space. Timestamps without an offset are local; others are converted to the time zone of the
 * business. Fractions are truncated to milliseconds. {@code 24:00} is the next midnight, and a leap
 * second is the last millisecond of its minute.
 */
public final class LocalDateTimes implements Serializable {
  private static final long serialVersionUID = 1;

  private final ZoneId zone;

  /** The span that was used last, or null; correct in any thread, because it is immutable. */
  private transient OffsetSpan lastSpan;

  private LocalDateTimes(ZoneId zone) {
    this.zone = zone;
  }

  /** Creates a parser for a business in this time zone. */
  public static LocalDateTimes in(ZoneId zone) {
    return new LocalDateTimes(zone);
  }

  /** Returns the local time of the business at this instant, in milliseconds. */
  public long atMoment(long epochMillis) {
    OffsetSpan span = lastSpan;
    if (span == null || !span.contains(epochMillis)) {
      span = OffsetSpan.at(zone, epochMillis);
      lastSpan = span;
    }
    return epochMillis + span.offsetMillis();
  }

  /**
   * Returns the local date-time of a timestamp, which may be outside of {@link EventTimeRange};
   * {@code Long.MIN_VALUE} if the year is far outside.
   *
   * @throws DateTimeException if the text is not a timestamp
   */
  public long parse(String text) {
    return new Timestamp(text.strip()).parse(this);
  }

  /**
   * The time between two changes of the offset of a time zone.
   *
   * @param from milliseconds since 1970, inclusive
   * @param until milliseconds since 1970, exclusive
   */
  private record OffsetSpan(long from, long until, long offsetMillis) {
    boolean contains(long epochMillis) {
      return epochMillis >= from && epochMillis < until;
    }

    static OffsetSpan at(ZoneId zone, long epochMillis) {
      ZoneRules rules = zone.getRules();
      Instant instant = Instant.ofEpochMilli(epochMillis);
      long offset = rules.getOffset(instant).getTotalSeconds() * MILLIS_PER_SECOND;
      if (rules.isFixedOffset()) {
        return new OffsetSpan(Long.MIN_VALUE, Long.MAX_VALUE, offset);
      }
      ZoneOffsetTransition next = rules.nextTransition(instant);
      // The span begins here rather than at the previous transition, which is slow to find.
      return new OffsetSpan(
          epochMillis, next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli(), offset);
    }
  }

  /** Parses one timestamp from left to right. */
  private static final class Timestamp {
    private static final int MIN_YEAR_DIGITS = 4;
    private static final int MAX_YEAR_DIGITS = 9;

    /** Further digits do not change the milliseconds, even of a fraction of an hour. */
    private static final int MAX_FRACTION_DIGITS = 20;

    private final String text;
    private int at;

    Timestamp(String text) {
      this.text = text;
    }

    /** Returns milliseconds; {@code Long.MIN_VALUE} if the year is out of range. */
    long parse(LocalDateTimes times) {
      LocalDate date = date();
      if (!take('T') && !take('t') && !take(' ')) {
        throw unexpected();
      }
      long timeOfDay = timeOfDay();
      boolean isLocal = at == text.length();
      long offset = isLocal ? 0 : offset();
      if (at != text.length()) {
        throw unexpected();
      }
      // An adjacent year may be in range after conversion to the time zone.
      if (date.getYear() < FIRST_YEAR - 1 || date.getYear() > LAST_YEAR + 1) {
        return Long.MIN_VALUE;
      }
      long millis = date.toEpochDay() * MILLIS_PER_DAY + timeOfDay;
      return isLocal ? millis : times.atMoment(millis - offset);
    }

    private LocalDate date() {
      boolean isSigned = text.startsWith("+") || text.startsWith("-");
      int firstDigit = isSigned ? 1 : 0;
      int digits = endOfDigits(firstDigit) - firstDigit;
      boolean isBasic = !isSigned && digits == MIN_YEAR_DIGITS + 4;
      if (digits < MIN_YEAR_DIGITS || digits > MAX_YEAR_DIGITS) {
        throw unexpected();
      }
      at = firstDigit;
      int year = number(isBasic ? MIN_YEAR_DIGITS : digits);
      if (!isBasic) {
        expect('-');
      }
      int month = number(2);
      if (!isBasic) {
        expect('-');
      }
      return LocalDate.of(text.startsWith("-") ? -year : year, month, number(2));
    }

    /** Returns milliseconds. */
    private long timeOfDay() {
      int hour = number(2);
      int minute = 0;
      int second = 0;
      long unit = MILLIS_PER_HOUR;
      boolean isExtended = take(':');
      if (isExtended || isDigit(at)) {
        minute = number(2);
        unit = MILLIS_PER_MINUTE;
        if (isExtended ? take(':') : isDigit(at)) {
          second = number(2);
          unit = MILLIS_PER_SECOND;
        }
      }
      long fraction = take('.') || take(',') ? fraction(unit) : 0;
      // Offsets are multiples of 15 minutes, so a leap second ends a quarter hour in every zone.
      if (second == 60 && minute % 15 == 14) {
        second = 59;
        fraction = MILLIS_PER_SECOND - 1;
      }
      long millis =
          hour * MILLIS_PER_HOUR
              + minute * MILLIS_PER_MINUTE
              + second * MILLIS_PER_SECOND
              + fraction;
      if (minute > 59 || second > 59 || millis > MILLIS_PER_DAY) {
        throw unexpected();
      }
      return millis;
    }

    /** Returns the milliseconds of a fraction of this unit, truncated. */
    private long fraction(long unitMillis) {
      int end = endOfDigits(at);
      if (end == at) {
        throw unexpected();
      }
      String digits = text.substring(at, Math.min(end, at + MAX_FRACTION_DIGITS));
      at = end;
      return new BigDecimal("0." + digits).multiply(BigDecimal.valueOf(unitMillis)).longValue();
    }

    /** Returns milliseconds. */
    private long offset() {
      boolean hasSpace = take(' ');
      long offset;
      if (take('Z') || take('z')) {
        offset = 0;
      } else if (takeName("UTC") || takeName("GMT")) {
        return 0;
      } else {
        int sign = take('+') ? 1 : take('-') ? -1 : 0;
        int hours = number(2);
        boolean hasMinutes = take(':') || isDigit(at);
        int minutes = hasMinutes ? number(2) : 0;
        if (sign == 0 || hours > 23 || minutes > 59) {
          throw unexpected();
        }
        offset = sign * (hours * MILLIS_PER_HOUR + minutes * MILLIS_PER_MINUTE);
      }
      if (!hasSpace) {
        skipZoneName();
      }
      return offset;
    }

    /** Skips a zone name as in {@code [Europe/Berlin]}; the offset alone determines the instant. */
    private void skipZoneName() {
      if (take('[')) {
        int end = text.indexOf(']', at);
        if (end < 0) {
          throw unexpected();
        }
        ZoneId unused = ZoneId.of(text.substring(at, end));
        at = end + 1;
      }
    }

    private boolean takeName(String name) {
      if (!text.regionMatches(true, at, name, 0, name.length())) {
        return false;
      }
      at += name.length();
      return true;
    }

    private boolean take(char expected) {
      if (at == text.length() || text.charAt(at) != expected) {
        return false;
      }
      at++;
      return true;
    }

    private void expect(char expected) {
      if (!take(expected)) {
        throw unexpected();
      }
    }

    private int number(int digits) {
      int value = 0;
      for (int end = at + digits; at < end; at++) {
        if (!isDigit(at)) {
          throw unexpected();
        }
        value = value * 10 + (text.charAt(at) - '0');
      }
      return value;
    }

    private int endOfDigits(int from) {
      int end = from;
      while (isDigit(end)) {
        end++;
      }
      return end;
    }

    private boolean isDigit(int index) {
      return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private DateTimeException unexpected() {
      return new DateTimeException("unexpected character at index " + at);
    }
  }
}

package fortnight.transforms.parse;

import static fortnight.common.time.EventTimeRange.FIRST_YEAR;
import static fortnight.common.time.EventTimeRange.LAST_YEAR;
import static fortnight.transforms.RejectReason.BAD_TIMESTAMP;
import static fortnight.transforms.RejectReason.TIMESTAMP_OUT_OF_RANGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.time.EventTimeRange;
import fortnight.transforms.formats.TimeNotation;
import fortnight.transforms.json.ByteScanner;
import fortnight.transforms.json.JsonNumber;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Parses the times of records, in the notation of their format, into event times. */
public final class TimestampParser implements Serializable {
  private static final long serialVersionUID = 1;

  /** Result of {@link #parseFast} for times that it cannot parse; event times are positive. */
  static final long UNUSUAL = -1;

  /** Maximum number of digits of an epoch in a long; some of them do not fit. */
  private static final int MAX_LONG_DIGITS = 19;

  /** Number of digits that no epoch in the range of event times has. */
  private static final int MAX_EPOCH_DIGITS = 22;

  private final EventTimes times;
  private final TimeNotation notation;

  private transient @Nullable NumericPattern numericPattern;
  private transient @Nullable DateTimeFormatter formatter;

  public TimestampParser(EventTimes times, TimeNotation notation) {
    this.times = times;
    this.notation = notation;
  }

  EventTimes times() {
    return times;
  }

  /** Returns the event time of a JSON value, in milliseconds; empty if it is not a time. */
  public OptionalLong eventTime(String text, boolean isString) {
    try {
      return OptionalLong.of(parse(text, isString));
    } catch (Rejection e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns the event time of a JSON value, in milliseconds; rejects others with a message that
   * does not name the field.
   *
   * @param text the characters of a string, or the digits of a number
   */
  long parse(String text, boolean isString) throws Rejection {
    if (!isString && notation.unit() == null) {
      throw notATime(Quoted.shortened(text), notation.adviceFor(text));
    }
    long millis;
    try {
      millis = millis(text);
    } catch (DateTimeException e) {
      String kind =
          notation.unit() == null ? " is not a calendar date and time; " : " is not a number; ";
      String advice = notation.adviceFor(text);
      throw new Rejection(BAD_TIMESTAMP, quoted(text, isString) + kind + advice);
    }
    if (!EventTimeRange.contains(millis)) {
      String range = " is outside the years 1971 to 9999" + notation.otherUnitFor(text);
      throw new Rejection(TIMESTAMP_OUT_OF_RANGE, quoted(text, isString) + range);
    }
    return millis;
  }

  private static String quoted(String text, boolean isString) {
    return isString ? Quoted.text(text) : Quoted.shortened(text);
  }

  /** Returns the rejection of a value whose JSON type no time has. */
  Rejection notATime(String value) {
    return notATime(value, notation.advice());
  }

  private Rejection notATime(String value, String advice) {
    String kind =
        notation.unit() == null
            ? " is not a string with a date and time; "
            : " is neither a number nor a string with a number; ";
    return new Rejection(BAD_TIMESTAMP, value + kind + advice);
  }

  /**
   * Returns the event time of the JSON value {@code array[from, to)} in milliseconds, or {@link
   * #UNUSUAL}. A string has no escapes.
   */
  long parseFast(byte[] array, int from, int to) {
    boolean isString = array[from] == '"';
    int first = isString ? from + 1 : from;
    int end = isString ? to - 1 : to;
    if (notation.unit() != null) {
      return fastEpoch(array, first, end);
    }
    if (!isString) {
      return UNUSUAL;
    }
    if (notation.pattern() == null) {
      return FastTimestamp.parse(array, first, end, times);
    }
    try {
      return inRange(millis(new String(array, first, end - first, UTF_8)));
    } catch (DateTimeException e) {
      return UNUSUAL;
    }
  }

  private long fastEpoch(byte[] array, int from, int to) {
    if (from == to || to - from > MAX_LONG_DIGITS) {
      return UNUSUAL;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!ByteScanner.isDigit(array[i])) {
        return UNUSUAL;
      }
      value = 10 * value + (array[i] - '0');
    }
    boolean hasLeadingZero = array[from] == '0' && to - from > 1;
    TimeUnit unit = notation.unit();
    return hasLeadingZero || value < 0 || unit.toMillis(value) >= EventTimeRange.END
        ? UNUSUAL
        : inRange(times.atMoment(unit.toMillis(value)));
  }

  private static long inRange(long millis) {
    return EventTimeRange.contains(millis) ? millis : UNUSUAL;
  }

  /** Returns milliseconds, which may be out of range. */
  private long millis(String text) {
    if (notation.unit() != null) {
      return epoch(text.strip());
    }
    return notation.pattern() == null ? times.parse(text) : ofPattern(text.strip());
  }

  /** Fractions are truncated to milliseconds. */
  private long epoch(String text) {
    BigDecimal value = JsonNumber.parse(text);
    if (value == null) {
      throw new DateTimeException("not a number");
    }
    if (value.signum() < 0 || JsonNumber.integerDigits(value) > MAX_EPOCH_DIGITS) {
      return Long.MIN_VALUE;
    }
    long unitsPerSecond = notation.unit().convert(1, TimeUnit.SECONDS);
    long millis =
        value
            .movePointRight(3)
            .divideToIntegralValue(BigDecimal.valueOf(unitsPerSecond))
            .longValue();
    return millis < EventTimeRange.END ? times.atMoment(millis) : Long.MIN_VALUE;
  }

  /** A date without a time is its midnight; a time with an offset or zone is converted. */
  private long ofPattern(String text) {
    DateTimeFormatter known = formatter;
    if (known == null) {
      numericPattern = NumericPattern.of(notation.pattern());
      known = notation.formatter();
      formatter = known;
    }
    NumericPattern numeric = numericPattern;
    long common = numeric == null ? UNUSUAL : numeric.parse(text);
    if (common != UNUSUAL) {
      return common;
    }
    TemporalAccessor parsed = known.parse(text);
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date == null) {
      throw new DateTimeException("no date");
    }
    if (date.getYear() < FIRST_YEAR - 1 || date.getYear() > LAST_YEAR + 1) {
      return Long.MIN_VALUE;
    }
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return times.atMoment(Instant.from(parsed).toEpochMilli());
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
    ZoneId zone = parsed.query(TemporalQueries.zone());
    return zone == null
        ? local.toInstant(ZoneOffset.UTC).toEpochMilli()
        : times.atMoment(local.atZone(zone).toInstant().toEpochMilli());
  }
}

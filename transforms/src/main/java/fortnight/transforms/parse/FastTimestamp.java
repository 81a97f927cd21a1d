package fortnight.transforms.parse;

import fortnight.common.time.EventTimeRange;
import fortnight.transforms.json.ByteScanner;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/** Parses valid ISO 8601 timestamps as {@link EventTimes} does, but from bytes. */
final class FastTimestamp {
  /** Result for timestamps that only {@link EventTimes} can parse; event times are positive. */
  static final long NOT_PLAIN = -1;

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long SECONDS_PER_DAY = 86_400;

  private static final int LENGTH_TO_MINUTE = "yyyy-MM-ddTHH:mm".length();
  private static final int LENGTH_TO_SECOND = "yyyy-MM-ddTHH:mm:ss".length();
  private static final int MAX_FRACTION_DIGITS = 9;

  private static final int[] OFFSET_LENGTHS = {6, 5, 3};
  private static final long NOT_AN_OFFSET = Long.MIN_VALUE;

  /** The value of an invalid digit; makes every number that contains it negative. */
  private static final int NOT_A_DIGIT = -100_000;

  private FastTimestamp() {}

  /** Returns the event time of {@code array[from, to)} in milliseconds, or {@link #NOT_PLAIN}. */
  static long parse(byte[] array, int from, int to, EventTimes times) {
    int offsetLength = offsetLength(array, from + LENGTH_TO_MINUTE, to);
    long local = local(array, from, to - offsetLength);
    if (offsetLength == 0 || local < 0) {
      return local;
    }
    long offset = offsetMillis(array, to - offsetLength, to);
    long eventTime = offset == NOT_AN_OFFSET ? NOT_PLAIN : times.atMoment(local - offset);
    return EventTimeRange.contains(eventTime) ? eventTime : NOT_PLAIN;
  }

  /**
   * Returns the length of {@code Z}, {@code +02}, {@code +0200}, or {@code +02:00}; 0 if absent.
   */
  private static int offsetLength(byte[] array, int from, int to) {
    if (to <= from) {
      return 0;
    }
    if ((array[to - 1] | 0x20) == 'z') {
      return 1;
    }
    for (int length : OFFSET_LENGTHS) {
      if (to - length >= from && (array[to - length] == '+' || array[to - length] == '-')) {
        return length;
      }
    }
    return 0;
  }

  private static long offsetMillis(byte[] array, int from, int to) {
    int length = to - from;
    if (length == 1) {
      return 0;
    }
    int hours = two(array, from + 1);
    int minutes = length == 3 ? 0 : two(array, to - 2);
    boolean isValid = length < 6 || array[from + 3] == ':';
    if (!isValid || !isIn(hours, 24) || !isIn(minutes, 60)) {
      return NOT_AN_OFFSET;
    }
    long millis = (hours * 60 + minutes) * 60L * MILLIS_PER_SECOND;
    return array[from] == '-' ? -millis : millis;
  }

  /** Returns milliseconds, without an offset. */
  private static long local(byte[] array, int from, int to) {
    int length = to - from;
    if (length < LENGTH_TO_MINUTE || !hasSeparators(array, from)) {
      return NOT_PLAIN;
    }
    long day = epochDay(array, from);
    int hour = two(array, from + 11);
    int minute = two(array, from + 14);
    int second = 0;
    int milli = 0;
    if (length > LENGTH_TO_MINUTE) {
      if (length < LENGTH_TO_SECOND || array[from + LENGTH_TO_MINUTE] != ':') {
        return NOT_PLAIN;
      }
      second = two(array, from + LENGTH_TO_MINUTE + 1);
      milli = milli(array, from + LENGTH_TO_SECOND, to);
    }
    if (day < 0 || !isIn(hour, 24) || !isIn(minute, 60) || !isIn(second, 60) || milli < 0) {
      return NOT_PLAIN;
    }
    long seconds = day * SECONDS_PER_DAY + (hour * 60 + minute) * 60L + second;
    return seconds * MILLIS_PER_SECOND + milli;
  }

  private static boolean hasSeparators(byte[] array, int from) {
    return array[from + 4] == '-'
        && array[from + 7] == '-'
        && (array[from + 10] == 'T' || array[from + 10] == ' ' || array[from + 10] == 't')
        && array[from + 13] == ':';
  }

  private static long epochDay(byte[] array, int from) {
    int year = 100 * two(array, from) + two(array, from + 2);
    int month = two(array, from + 5);
    int day = two(array, from + 8);
    if (year < 1971
        || month < 1
        || month > 12
        || day < 1
        || day > Month.of(month).length(Year.isLeap(year))) {
      return NOT_PLAIN;
    }
    return LocalDate.of(year, month, day).toEpochDay();
  }

  /** Returns the milliseconds of a fraction, truncated; 0 if empty; negative if invalid. */
  private static int milli(byte[] array, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if ((array[from] != '.' && array[from] != ',') || digits < 1 || digits > MAX_FRACTION_DIGITS) {
      return NOT_A_DIGIT;
    }
    int milli = 0;
    for (int i = 1; i <= 3; i++) {
      milli = 10 * milli + (i <= digits ? digit(array[from + i]) : 0);
    }
    for (int i = from + 4; i < to; i++) {
      milli += Math.min(0, digit(array[i]));
    }
    return milli;
  }

  private static int two(byte[] array, int from) {
    return 10 * digit(array[from]) + digit(array[from + 1]);
  }

  private static int digit(byte b) {
    return ByteScanner.isDigit(b) ? b - '0' : NOT_A_DIGIT;
  }

  private static boolean isIn(int value, int end) {
    return value >= 0 && value < end;
  }
}

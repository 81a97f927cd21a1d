package fortnight.transforms.parse;

import static fortnight.transforms.json.ByteScanner.byteAt;

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

  private static final Layout YEAR_AND_MONTH = Layout.of("0000-00-");
  private static final Layout DAY_AND_TIME = Layout.of("00?00:00");

  /** The milliseconds of the last digit of a fraction, by its number of digits. */
  private static final int[] MILLIS = {1_000, 100, 10, 1};

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
    if (length < LENGTH_TO_MINUTE || !isSeparator(array[from + 10])) {
      return NOT_PLAIN;
    }
    long yearAndMonth = YEAR_AND_MONTH.pairs(ByteScanner.at(array, from));
    long dayAndTime = DAY_AND_TIME.pairs(ByteScanner.at(array, from + Long.BYTES));
    if (yearAndMonth == Layout.DIFFERENT || dayAndTime == Layout.DIFFERENT) {
      return NOT_PLAIN;
    }
    int second = 0;
    int milli = 0;
    if (length > LENGTH_TO_MINUTE) {
      if (length < LENGTH_TO_SECOND || array[from + LENGTH_TO_MINUTE] != ':') {
        return NOT_PLAIN;
      }
      second = two(array, from + LENGTH_TO_MINUTE + 1);
      milli = milli(array, from + LENGTH_TO_SECOND, to);
    }
    int year = 100 * byteAt(yearAndMonth, 0) + byteAt(yearAndMonth, 2);
    long day = epochDay(year, byteAt(yearAndMonth, 5), byteAt(dayAndTime, 0));
    int hour = byteAt(dayAndTime, 3);
    int minute = byteAt(dayAndTime, 6);
    if (day < 0 || hour >= 24 || minute >= 60 || !isIn(second, 60) || milli < 0) {
      return NOT_PLAIN;
    }
    long seconds = day * SECONDS_PER_DAY + (hour * 60 + minute) * 60L + second;
    return seconds * MILLIS_PER_SECOND + milli;
  }

  private static boolean isSeparator(byte b) {
    return b == 'T' || b == ' ' || b == 't';
  }

  private static long epochDay(int year, int month, int day) {
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
    long fraction = ByteScanner.at(array, from + 1, to);
    boolean isValid =
        ByteScanner.countDigits(fraction) == Math.min(digits, Long.BYTES)
            && ByteScanner.isDigit(array[to - 1]);
    int used = Math.min(digits, 3);
    return isValid ? (int) ByteScanner.number(fraction, used) * MILLIS[used] : NOT_A_DIGIT;
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

  /** Eight bytes with digits at certain positions. */
  private record Layout(long text, long compared, long limits) {
    /** The result of bytes with another layout. */
    static final long DIFFERENT = -1;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /**
     * Creates a layout.
     *
     * @param pattern 0 for a digit, ? for any byte, and other characters for themselves
     */
    static Layout of(String pattern) {
      long text = 0;
      long compared = 0;
      long limits = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        int shift = Byte.SIZE * i;
        char c = pattern.charAt(i);
        text |= (long) c << shift;
        compared |= (c == '?' ? 0 : 0xFFL) << shift;
        // With this addend, a byte is less than 0x80 only if it is a digit, or 0.
        limits |= (c == '0' ? 0x80L - 10 : 0x80L - 1) << shift;
      }
      return new Layout(text, compared, limits);
    }

    /** Returns ten times each digit, plus the next one, at the index of the digit. */
    long pairs(long bytes) {
      long digits = (bytes ^ text) & compared;
      return (((digits + limits) | digits) & HIGH_BITS) == 0
          ? 10 * digits + (digits >>> Byte.SIZE)
          : DIFFERENT;
    }
  }
}

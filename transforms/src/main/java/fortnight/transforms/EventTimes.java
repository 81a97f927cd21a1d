package fortnight.transforms;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * Reads timestamps as event times: the wall clock of the business, in milliseconds on the UTC axis.
 *
 * <p>ISO-8601 with {@code T} or a space; seconds, 1 to 9 fractional digits, and {@code Z} or an
 * offset are optional. Without a zone a timestamp is taken as it stands; with one it is first
 * turned to the zone of the business. What is finer than a millisecond is cut off.
 */
public final class EventTimes implements Serializable {
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long MILLIS_PER_DAY = 86_400 * MILLIS_PER_SECOND;

  /** 1971-01-01T00:00:00, the first event time there is. */
  public static final long FIRST = LocalDate.of(1971, 1, 1).toEpochDay() * MILLIS_PER_DAY;

  /** 10000-01-01T00:00:00, the first after the last. */
  public static final long END = LocalDate.of(10_000, 1, 1).toEpochDay() * MILLIS_PER_DAY;

  /**
   * Longer than all event time. Finite on purpose: where a DoFn allows a skew of Long.MAX_VALUE,
   * Beam throws and catches an ArithmeticException for every output.
   */
  static final org.joda.time.Duration ANY_SKEW = org.joda.time.Duration.millis(END);

  /** Where the parts of {@code yyyy-MM-ddTHH:mm:ss.fffffffff} begin. */
  private static final int MONTH = 5;

  private static final int DAY = 8;
  private static final int HOUR = 11;
  private static final int MINUTE = 14;
  private static final int AFTER_MINUTE = 16;

  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;

  /** A year that four digits cannot say. */
  private static final Pattern FAR_YEAR =
      Pattern.compile("([+-]\\d{4,9}|\\d{5,9})-\\d{2}-\\d{2}[T ].*", Pattern.DOTALL);

  private static final Pattern OFFSET = Pattern.compile("Z|[+-]\\d{2}(:?\\d{2})?");

  private final ZoneId zone;

  private EventTimes(ZoneId zone) {
    this.zone = zone;
  }

  /** Event times of a business whose wall clock shows the time of this zone. */
  public static EventTimes in(ZoneId zone) {
    return new EventTimes(zone);
  }

  /**
   * The event time that a timestamp says.
   *
   * @throws IllegalArgumentException when it is not a timestamp, or outside the years 1971 to 9999
   */
  public org.joda.time.Instant at(String timestamp) {
    try {
      return org.joda.time.Instant.ofEpochMilli(parse(timestamp));
    } catch (Rejection e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** What the wall clock of the business shows at this moment of the world, in milliseconds. */
  public long atMoment(long epochMillis) {
    return atBusiness(epochMillis, ZoneOffset.UTC);
  }

  /** The event time that a timestamp says, in milliseconds. */
  long parse(String text) throws Rejection {
    long millis;
    try {
      millis = wallMillis(text);
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      if (FAR_YEAR.matcher(text).matches()) {
        throw outOfRange(text);
      }
      throw new Rejection(
          RejectReason.BAD_TIMESTAMP,
          "timestamp: " + Shown.text(text) + " is not an ISO-8601 date and time");
    }
    if (millis < FIRST || millis >= END) {
      throw outOfRange(text);
    }
    return millis;
  }

  private static Rejection outOfRange(String text) {
    return new Rejection(
        RejectReason.TIMESTAMP_OUT_OF_RANGE,
        "timestamp: " + Shown.text(text) + " is outside the years 1971 to 9999");
  }

  private long wallMillis(String text) {
    expect(text, MONTH - 1, '-');
    expect(text, DAY - 1, '-');
    if (text.charAt(HOUR - 1) != 'T') {
      expect(text, HOUR - 1, ' ');
    }
    expect(text, MINUTE - 1, ':');
    LocalDate date =
        LocalDate.of(digits(text, 0, MONTH - 1), digits(text, MONTH, 2), digits(text, DAY, 2));
    int hour = digits(text, HOUR, 2);
    int minute = digits(text, MINUTE, 2);
    int second = 0;
    int milli = 0;
    int end = AFTER_MINUTE;
    if (is(text, end, ':')) {
      second = digits(text, end + 1, 2);
      end += 3;
      if (is(text, end, '.')) {
        int fraction = end + 1;
        end = endOfDigits(text, fraction);
        milli = millis(text, fraction, end);
      }
    }
    long wall =
        date.toEpochDay() * MILLIS_PER_DAY
            + LocalTime.of(hour, minute, second).toSecondOfDay() * MILLIS_PER_SECOND
            + milli;
    return end == text.length() ? wall : atBusiness(wall, offset(text.substring(end)));
  }

  private static ZoneOffset offset(String text) {
    if (!OFFSET.matcher(text).matches()) {
      throw new DateTimeException("no offset");
    }
    return ZoneOffset.of(text);
  }

  private long atBusiness(long wallElsewhere, ZoneOffset offset) {
    long instant = wallElsewhere - offset.getTotalSeconds() * MILLIS_PER_SECOND;
    ZoneOffset here = zone.getRules().getOffset(Instant.ofEpochMilli(instant));
    return instant + here.getTotalSeconds() * MILLIS_PER_SECOND;
  }

  private static boolean is(String text, int index, char expected) {
    return index < text.length() && text.charAt(index) == expected;
  }

  private static void expect(String text, int index, char expected) {
    if (text.charAt(index) != expected) {
      throw new DateTimeException("no " + expected);
    }
  }

  private static int digits(String text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new DateTimeException("no digit");
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (end == from || end - from > NANO_DIGITS) {
      throw new DateTimeException("1 to 9 fractional digits");
    }
    return end;
  }

  private static int millis(String text, int from, int end) {
    int given = Math.min(end - from, MILLI_DIGITS);
    int millis = digits(text, from, given);
    for (int i = given; i < MILLI_DIGITS; i++) {
      millis *= 10;
    }
    return millis;
  }
}

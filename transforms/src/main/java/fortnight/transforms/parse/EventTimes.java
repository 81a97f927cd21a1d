package fortnight.transforms.parse;

import fortnight.common.time.EventTimeRange;
import fortnight.common.time.LocalDateTimes;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * Parses timestamps into event times: local date-times of the business, in milliseconds on the UTC
 * axis. {@link LocalDateTimes} defines which timestamps are accepted.
 */
public final class EventTimes implements Serializable {
  /** Advice for a date or time that {@link #atDateOrTime} rejects. */
  public static final String DATE_OR_TIME_ADVICE = "use 2022-12-26 or 2022-12-26T09:30:00";

  private final LocalDateTimes localTimes;

  private EventTimes(ZoneId zone) {
    localTimes = LocalDateTimes.in(zone);
  }

  /** Creates a parser for a business in this time zone. */
  public static EventTimes in(ZoneId zone) {
    return new EventTimes(zone);
  }

  /**
   * Returns the event time of a timestamp.
   *
   * @throws IllegalArgumentException if it is not a timestamp, or outside the years 1971 to 9999
   */
  public org.joda.time.Instant at(String timestamp) {
    try {
      long millis = parse(timestamp);
      if (EventTimeRange.contains(millis)) {
        return org.joda.time.Instant.ofEpochMilli(millis);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(timestamp + " is not a calendar date and time", e);
    }
    throw new IllegalArgumentException(timestamp + " is outside the years 1971 to 9999");
  }

  /**
   * Returns the event time of a timestamp, or of midnight of a date.
   *
   * @throws IllegalArgumentException if it is neither, or outside the years 1971 to 9999
   */
  public org.joda.time.Instant atDateOrTime(String text) {
    boolean isDate = text.indexOf('T') < 0 && text.indexOf(' ') < 0;
    try {
      return at(isDate ? text + "T00:00" : text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a date or time in the years 1971 to 9999", e);
    }
  }

  /** Returns the local time of the business at this instant, in milliseconds. */
  public long atMoment(long epochMillis) {
    return localTimes.atMoment(epochMillis);
  }

  /**
   * Returns the event time of a timestamp in milliseconds, which may be outside the range; {@code
   * Long.MIN_VALUE} if the year is far outside.
   *
   * @throws DateTimeException if the text is not a timestamp
   */
  long parse(String text) {
    return localTimes.parse(text);
  }
}

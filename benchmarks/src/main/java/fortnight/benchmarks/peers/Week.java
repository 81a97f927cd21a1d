package fortnight.benchmarks.peers;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Weeks that start on Monday, of 168 hours; times are milliseconds since 1970 on the UTC axis. */
public final class Week {
  /** How long one is, in milliseconds. */
  public static final long MILLIS = 7L * 24 * 60 * 60 * 1000;

  /** How long after 1970-01-01, a Thursday, the first Monday is, in days. */
  public static final int MONDAY_DAYS = 4;

  private static final long MONDAY_MILLIS = MONDAY_DAYS * 24L * 60 * 60 * 1000;

  private Week() {}

  /** Where the week of a time stands in the row of all weeks. */
  public static long number(long time) {
    return Math.floorDiv(time - MONDAY_MILLIS, MILLIS);
  }

  /** The first millisecond of the week of a time. */
  public static long start(long time) {
    return number(time) * MILLIS + MONDAY_MILLIS;
  }

  /** As {@code 2022-01-03T00:00:00}. */
  public static String text(long time) {
    String text = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC).toString();
    return text.length() == "2022-01-03T00:00".length() ? text + ":00" : text;
  }

  /** What {@link #text} made a text of. */
  public static long millis(String text) {
    return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}

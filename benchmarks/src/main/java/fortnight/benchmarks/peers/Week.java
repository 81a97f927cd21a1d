package fortnight.benchmarks.peers;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Weeks that start on Monday, of 168 hours; times are milliseconds since 1970 on the UTC axis. */
public final class Week {
  /** The length of a week in milliseconds. */
  public static final long MILLIS = 7L * 24 * 60 * 60 * 1000;

  /** Days from 1970-01-01, a Thursday, to the first Monday. */
  public static final int MONDAY_DAYS = 4;

  private static final long MONDAY_MILLIS = MONDAY_DAYS * 24L * 60 * 60 * 1000;

  private Week() {}

  /** The number of a time's week, counted from 1970. */
  public static long number(long time) {
    return Math.floorDiv(time - MONDAY_MILLIS, MILLIS);
  }

  /** The start of a time's week. */
  public static long start(long time) {
    return number(time) * MILLIS + MONDAY_MILLIS;
  }

  /** Formats as {@code 2022-01-03T00:00:00}. */
  public static String text(long time) {
    String text = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC).toString();
    return text.length() == "2022-01-03T00:00".length() ? text + ":00" : text;
  }

  /** Parses the format of {@link #text}. */
  public static long millis(String text) {
    return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}

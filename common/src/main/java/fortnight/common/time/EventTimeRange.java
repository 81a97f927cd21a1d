package fortnight.common.time;

import java.time.LocalDate;

/** The range of event times: the years 1971 to 9999, in milliseconds on the UTC axis. */
public final class EventTimeRange {
  public static final int FIRST_YEAR = 1971;
  public static final int LAST_YEAR = 9999;

  public static final long MILLIS_PER_SECOND = 1_000;
  public static final long MILLIS_PER_MINUTE = 60 * MILLIS_PER_SECOND;
  public static final long MILLIS_PER_HOUR = 60 * MILLIS_PER_MINUTE;
  public static final long MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;

  /** 1971-01-01T00:00:00, the earliest event time. */
  public static final long FIRST = LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay() * MILLIS_PER_DAY;

  /** 10000-01-01T00:00:00, the first instant after the latest event time. */
  public static final long END = LocalDate.of(LAST_YEAR + 1, 1, 1).toEpochDay() * MILLIS_PER_DAY;

  private EventTimeRange() {}

  /** Whether an event time is in the range. */
  public static boolean contains(long millis) {
    return millis >= FIRST && millis < END;
  }
}

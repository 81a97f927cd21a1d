package fortnight.report.rows;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Parses local date-times to milliseconds since 1970-01-01T00:00 of the same local time. Caches
 * results: rows share their windows, and parsing a date-time takes longer than the rest of a row.
 */
public final class LocalTimes {
  private static final int MAX_CACHED = 10_000;

  /** The limit of dates in JavaScript, in seconds before and after 1970. */
  private static final long MAX_SECONDS = 8_640_000_000_000L;

  private final Map<String, Long> cache = new HashMap<>();

  /**
   * Parses a date-time in ISO 8601.
   *
   * @throws DateTimeException if it is not one, or outside of the dates of JavaScript
   */
  public long millis(String text) {
    Long millis = cache.get(text);
    if (millis == null) {
      millis = parse(text);
      if (cache.size() < MAX_CACHED) {
        cache.put(text, millis);
      }
    }
    return millis;
  }

  private static long parse(String text) {
    LocalDateTime time = LocalDateTime.parse(text);
    if (Math.abs(time.toEpochSecond(ZoneOffset.UTC)) >= MAX_SECONDS) {
      throw new DateTimeException("too far from 1970");
    }
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}

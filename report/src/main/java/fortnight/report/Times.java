package fortnight.report;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Local dates and times, as the milliseconds since 1970 that they would be in UTC. Rows share their
 * windows, and reading a date takes longer than reading the rest of a row: so each is read once.
 */
final class Times {
  private static final int MOST = 10_000;

  /** Further from 1970 a browser has no dates. */
  private static final long FURTHEST_SECONDS = 8_640_000_000_000L;

  private final Map<String, Long> known = new HashMap<>();

  /** Throws DateTimeException where the text is no date and time that a page can show. */
  long millis(String text) {
    Long millis = known.get(text);
    if (millis == null) {
      millis = read(text);
      if (known.size() < MOST) {
        known.put(text, millis);
      }
    }
    return millis;
  }

  private static long read(String text) {
    LocalDateTime time = LocalDateTime.parse(text);
    if (Math.abs(time.toEpochSecond(ZoneOffset.UTC)) >= FURTHEST_SECONDS) {
      throw new DateTimeException("too far from 1970");
    }
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}

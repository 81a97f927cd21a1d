package fortnight.report;

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

  private final Map<String, Long> known = new HashMap<>();

  /** Throws DateTimeException where the text is no date and time. */
  long millis(String text) {
    Long millis = known.get(text);
    if (millis == null) {
      millis = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
      if (known.size() < MOST) {
        known.put(text, millis);
      }
    }
    return millis;
  }
}

package fortnight.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Sums of the rows of changes, by the window's two halves. */
final class Changes {
  private final Map<String, Long> asPrevious = new TreeMap<>();
  private final Map<String, Long> asCurrent = new TreeMap<>();

  /** Adds one row. */
  void add(JsonNode row) throws CannotRun {
    long previous = row.get("previous").asLong();
    long current = row.get("current").asLong();
    if (row.get("change").asLong() != current - previous) {
      throw new CannotRun("change is not current less previous in " + row);
    }
    asPrevious.merge(row.get("previous_start").asText(), previous, Long::sum);
    asCurrent.merge(row.get("current_start").asText(), current, Long::sum);
  }

  /**
   * Fails unless both halves have the volumes that are known, and each other's where they are of
   * the same time.
   */
  void check(String what, ToLongFunction<String> volume, Predicate<String> isKnown)
      throws CannotRun {
    for (Map.Entry<String, Long> half : asCurrent.entrySet()) {
      String start = half.getKey();
      long sum = half.getValue();
      if (isKnown.test(start)) {
        mustBe(what, "current", start, sum, volume.applyAsLong(start));
      }
      // The last windows are nobody's previous.
      mustBe(what, "previous", start, asPrevious.getOrDefault(start, sum), sum);
    }
  }

  private static void mustBe(String what, String half, String start, long found, long wanted)
      throws CannotRun {
    if (found != wanted) {
      throw new CannotRun("%s, %s of %s: %d, not %d".formatted(what, half, start, found, wanted));
    }
  }
}

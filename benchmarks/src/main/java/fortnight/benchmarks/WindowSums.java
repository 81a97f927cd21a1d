package fortnight.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import fortnight.benchmarks.peers.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What was sold in all, by the start of the window as in a row; its rows may be many millions. */
final class WindowSums {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  /** What was sold in a window. */
  record Sum(long transactions, long lineItems, long units) {
    static final Sum NONE = new Sum(0, 0, 0);

    static Sum of(JsonNode row) {
      return new Sum(
          row.path("transactions").asLong(),
          row.path("line_items").asLong(),
          row.path("units").asLong());
    }

    Sum plus(Sum other) {
      return new Sum(
          transactions + other.transactions, lineItems + other.lineItems, units + other.units);
    }
  }

  /** Takes one row. */
  interface RowUse {
    void accept(JsonNode row) throws CannotRun;
  }

  private final Map<String, Sum> sums = new TreeMap<>();

  /** What the simulator says of a year. */
  static WindowSums of(SimulatedYear year) throws IOException, CannotRun {
    WindowSums sums = new WindowSums();
    eachRow(
        year.truth(),
        row -> {
          if (row.path("analysis").asText().equals(Row.WEEKLY_VOLUME)) {
            sums.add(row.get("window_start").asText(), Sum.of(row));
          }
        });
    return sums;
  }

  /** Uses all rows of a file, and counts them. */
  static long eachRow(Path file, RowUse use) throws IOException, CannotRun {
    long count = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        use.accept(JSON.readTree(line));
        count++;
      }
    }
    return count;
  }

  void add(String start, Sum sum) {
    sums.merge(start, sum, Sum::plus);
  }

  boolean has(String start) {
    return sums.containsKey(start);
  }

  /** None where nothing was sold. */
  Sum get(String start) {
    return sums.getOrDefault(start, Sum.NONE);
  }

  void each(BiConsumer<String, Sum> use) {
    sums.forEach(use);
  }

  /** Fails unless these are all here, and equal; there may be more. */
  void mustHave(WindowSums others, String what) throws CannotRun {
    for (Map.Entry<String, Sum> other : others.sums.entrySet()) {
      Sum found = get(other.getKey());
      if (!found.equals(other.getValue())) {
        throw new CannotRun(
            "%s of %s: %s, not %s".formatted(what, other.getKey(), found, other.getValue()));
      }
    }
  }
}

package fortnight.benchmarks.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Sums of rows by the start of their window; there may be many millions of rows. */
public final class WindowSums {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  /** The sums of a window. */
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

  /** Receives a row. */
  interface RowConsumer {
    void accept(JsonNode row);
  }

  private final Map<String, Sum> sums = new TreeMap<>();

  /** The weekly volumes that the simulator expects. */
  public static WindowSums of(SimulatedYear year) throws IOException {
    WindowSums sums = new WindowSums();
    eachRow(
        year.truth(),
        row -> {
          if (row.path("analysis").asText().equals(Analysis.WEEKLY_VOLUME.title())) {
            sums.add(row.get("window_start").asText(), Sum.of(row));
          }
        });
    return sums;
  }

  /** Reads all rows of a file; returns their number. */
  static long eachRow(Path file, RowConsumer consumer) throws IOException {
    long count = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        consumer.accept(JSON.readTree(line));
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

  /** {@link Sum#NONE} for a window without rows. */
  Sum get(String start) {
    return sums.getOrDefault(start, Sum.NONE);
  }

  void forEach(BiConsumer<String, Sum> action) {
    sums.forEach(action);
  }

  /**
   * Checks that this contains all of the other sums; there may be more.
   *
   * @throws CommandException with the first difference
   */
  void checkContains(WindowSums others, String what) {
    for (Map.Entry<String, Sum> other : others.sums.entrySet()) {
      Sum found = get(other.getKey());
      if (!found.equals(other.getValue())) {
        throw CommandException.failed(
            "%s of %s: %s, expected %s".formatted(what, other.getKey(), found, other.getValue()));
      }
    }
  }
}

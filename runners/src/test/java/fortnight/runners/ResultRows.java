package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.common.Analysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Rows of results as sets, which can be compared regardless of order and panes. */
final class ResultRows {
  static final List<String> ANALYSES =
      List.of("weekly-volume", "volume-change", "product-volume", "product-volume-change");

  /** With the analyses that are made on request. */
  static final List<String> ALL_ANALYSES =
      Stream.concat(ANALYSES.stream(), Stream.of("weekly-customers", "customer-change")).toList();

  private static final List<String> PANES = List.of("EARLY", "ON_TIME", "LATE");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  /** Rows that were validated before, because tests read topics again and again. */
  private static final Set<String> VALID = ConcurrentHashMap.newKeySet();

  private ResultRows() {}

  /**
   * Checks rows with their JSON Schema.
   *
   * @param title of a result or of the dead letters; any other title is ignored
   */
  static void validate(String title, Collection<String> rows) {
    if (Analysis.titled(title).isEmpty() && !title.equals(Analysis.DEAD_LETTERS)) {
      return;
    }
    Schema schema = SCHEMAS.computeIfAbsent(title, Schema::ofRows);
    for (String row : rows) {
      if (!VALID.contains(title + row)) {
        try {
          assertThat(schema.problemsOf(JSON.readTree(row))).as(row).isEmpty();
          VALID.add(title + row);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** The rows of a bounded run. */
  static Set<String> inFile(Path output, String analysis) throws IOException {
    List<String> rows = Files.readAllLines(output.resolve(analysis + ".jsonl"));
    validate(analysis, rows);
    return withoutPanes(rows);
  }

  /** The rows in the directory of a stream, of all panes. */
  static Set<String> inPanes(Path output, String analysis) throws IOException {
    return withoutPanes(linesIn(output.resolve(analysis)));
  }

  /** The lines of all files in a directory; empty if it does not exist. */
  static List<String> linesIn(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    validate(directory.getFileName().toString(), lines);
    return lines;
  }

  /** Rows without the field that differs between a stream and a file. */
  static Set<String> withoutPanes(Collection<String> rows) throws IOException {
    Set<String> without = new TreeSet<>();
    for (String row : rows) {
      ObjectNode node = (ObjectNode) JSON.readTree(row);
      without.add(node.without("pane").toString());
    }
    return without;
  }

  /** The later version of two rows of one key, regardless of the order of arrival. */
  static String later(String a, String b) {
    try {
      JsonNode first = JSON.readTree(a);
      JsonNode second = JSON.readTree(b);
      int order = Long.compare(first.path("version").asLong(), second.path("version").asLong());
      if (order == 0) {
        order =
            Integer.compare(
                PANES.indexOf(first.path("pane").asText()),
                PANES.indexOf(second.path("pane").asText()));
      }
      return order > 0 ? a : b;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of windows that end at a time or before; the empty time is before all others. */
  static Set<String> closedBy(String time, Collection<String> rows) throws IOException {
    Set<String> closed = new TreeSet<>();
    for (String row : rows) {
      JsonNode node = JSON.readTree(row);
      String end = node.path(node.has("window_end") ? "window_end" : "current_end").asText();
      if (end.compareTo(time) <= 0) {
        closed.add(row);
      }
    }
    return closed;
  }

  /** The values of a field, sorted; lines without the field are ignored. */
  static List<String> values(String field, Collection<String> lines) throws IOException {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      JsonNode value = JSON.readTree(line).get(field);
      if (value != null) {
        values.add(value.asText());
      }
    }
    values.sort(null);
    return values;
  }
}

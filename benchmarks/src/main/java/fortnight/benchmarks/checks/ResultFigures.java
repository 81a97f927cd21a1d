package fortnight.benchmarks.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.benchmarks.peers.Row;
import fortnight.common.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The figures of rows by analysis, week and item, independent of the form of the rows. */
public final class ResultFigures {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One file per analysis, several numbered ones, or a directory of Spark. */
  private static final Pattern FILE =
      Pattern.compile("([a-z-]+?)((-\\d+-of-\\d+)?\\.jsonl|/part-.*\\.json)");

  private static final String RATIO = "ratio";
  private static final List<String> FIGURES =
      List.of("transactions", "line_items", "units", "previous", "current", "change", RATIO);

  private final Map<String, String> figures = new TreeMap<>();

  /** Adds a row; replaces that of the same analysis, week and item. */
  public void add(String analysis, String json) throws IOException {
    JsonNode row = JSON.readTree(json);
    String week = row.path(row.has("window_start") ? "window_start" : "current_start").asText();
    String text =
        FIGURES.stream()
            .filter(row::has)
            .map(name -> text(name, row.get(name)))
            .collect(Collectors.joining(","));
    figures.put(analysis + "/" + week + "/" + row.path("item_id").asText(), text);
  }

  /** A ratio of 2 may be written as 2 or 2.0. */
  private static String text(String name, JsonNode value) {
    return name.equals(RATIO) && value.isNumber()
        ? Double.toString(value.asDouble())
        : value.asText();
  }

  /** Reads the files of a run. */
  public static ResultFigures in(Path directory) throws IOException {
    ResultFigures result = new ResultFigures();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(directory.relativize(file).toString());
        if (name.matches() && !name.group(1).equals(Analysis.DEAD_LETTERS)) {
          for (String row : Files.readAllLines(file)) {
            result.add(name.group(1), row);
          }
        }
      }
    }
    return result;
  }

  static ResultFigures of(List<Row> rows) throws IOException {
    ResultFigures result = new ResultFigures();
    for (Row row : rows) {
      result.add(row.analysis(), row.json());
    }
    return result;
  }

  /** The figures of weeks that start before this one, which is formatted as in a row. */
  public ResultFigures before(String week) {
    return filter(key -> week(key).compareTo(week) < 0);
  }

  /** The figures of weeks up to this one, which is formatted as in a row. */
  public ResultFigures until(String week) {
    return filter(key -> week(key).compareTo(week) <= 0);
  }

  /** The figures of one analysis and week. */
  public ResultFigures of(String analysis, String week) {
    return filter(key -> key.startsWith(analysis + "/" + week));
  }

  private ResultFigures filter(Predicate<String> kept) {
    ResultFigures some = new ResultFigures();
    figures.forEach(
        (key, text) -> {
          if (kept.test(key)) {
            some.figures.put(key, text);
          }
        });
    return some;
  }

  private static String week(String key) {
    return key.split("/", -1)[1];
  }

  /** Whether this contains all of the other figures. */
  public boolean contain(ResultFigures others) {
    return figures.entrySet().containsAll(others.figures.entrySet());
  }

  /** The first difference from the expected figures; empty if there is none. */
  public String difference(ResultFigures expected) {
    return Stream.concat(expected.figures.keySet().stream(), figures.keySet().stream())
        .sorted()
        .filter(key -> !expected.figures.getOrDefault(key, "").equals(figures.get(key)))
        .findFirst()
        .map(key -> key + ": " + figures.get(key) + ", expected " + expected.figures.get(key))
        .orElse("");
  }

  /** The first of the other figures that this does not contain; empty if it contains all. */
  public String missing(ResultFigures others) {
    return others.figures.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(figures.get(entry.getKey())))
        .findFirst()
        .map(Object::toString)
        .orElse("");
  }

  public int size() {
    return figures.size();
  }

  /** A checksum of all figures, in hexadecimal. */
  public String checksum() {
    CRC32 sum = new CRC32();
    figures.forEach((key, text) -> sum.update((key + "=" + text + "\n").getBytes(UTF_8)));
    return Long.toHexString(sum.getValue());
  }
}

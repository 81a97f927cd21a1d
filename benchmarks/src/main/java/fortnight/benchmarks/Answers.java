package fortnight.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.benchmarks.peers.Row;
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

/** The figures of rows by analysis, week and item, whoever wrote them in whatever form. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Some write a file for each analysis, some several. */
  private static final Pattern FILE = Pattern.compile("([a-z-]+?)(-\\d+-of-\\d+)?\\.jsonl");

  private static final List<String> FIGURES =
      List.of("transactions", "line_items", "units", "previous", "current", "change", "ratio");

  private final Map<String, String> figures = new TreeMap<>();

  /** Adds a row; the last of an analysis, week and item counts. */
  void add(String analysis, String json) throws IOException {
    JsonNode row = JSON.readTree(json);
    String week = row.path(row.has("window_start") ? "window_start" : "current_start").asText();
    String text =
        FIGURES.stream()
            .filter(row::has)
            .map(name -> row.get(name).asText())
            .collect(Collectors.joining(","));
    figures.put(analysis + "/" + week + "/" + row.path("item_id").asText(), text);
  }

  /** All that a run has written. */
  static Answers in(Path directory) throws IOException {
    Answers answers = new Answers();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches() && !name.group(1).equals("dead-letters")) {
          for (String row : Files.readAllLines(file)) {
            answers.add(name.group(1), row);
          }
        }
      }
    }
    return answers;
  }

  static Answers of(List<Row> rows) throws IOException {
    Answers answers = new Answers();
    for (Row row : rows) {
      answers.add(row.analysis(), row.json());
    }
    return answers;
  }

  /** Only those of weeks that start before this one, which is as in a row. */
  Answers before(String week) {
    return only(key -> week(key).compareTo(week) < 0);
  }

  /** Only those of weeks that start by then, which is as in a row. */
  Answers until(String week) {
    return only(key -> week(key).compareTo(week) <= 0);
  }

  /** Only those of an analysis and week. */
  Answers of(String analysis, String week) {
    return only(key -> key.startsWith(analysis + "/" + week));
  }

  private Answers only(Predicate<String> kept) {
    Answers some = new Answers();
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

  /** Whether all of the others are here, and equal. */
  boolean contain(Answers others) {
    return figures.entrySet().containsAll(others.figures.entrySet());
  }

  /** The first place where they differ from the truth; empty if they do not. */
  String difference(Answers truth) {
    return Stream.concat(truth.figures.keySet().stream(), figures.keySet().stream())
        .sorted()
        .filter(key -> !truth.figures.getOrDefault(key, "").equals(figures.get(key)))
        .findFirst()
        .map(key -> key + ": " + figures.get(key) + ", not " + truth.figures.get(key))
        .orElse("");
  }

  /** The first of the others that is not here, or not equal; empty if all are. */
  String missing(Answers others) {
    return others.figures.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(figures.get(entry.getKey())))
        .findFirst()
        .map(Object::toString)
        .orElse("");
  }

  int size() {
    return figures.size();
  }

  /** A checksum of all figures, in hexadecimal. */
  String checksum() {
    CRC32 sum = new CRC32();
    figures.forEach((key, text) -> sum.update((key + "=" + text + "\n").getBytes(UTF_8)));
    return Long.toHexString(sum.getValue());
  }
}

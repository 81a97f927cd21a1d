package fortnight.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The results of a run, as lines; some stand in the repository. */
record Results(Map<Result, List<String>> rows, List<String> deadLetters, List<String> catalog) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TESTDATA = Path.of("..", "testdata");

  /** Ten weeks of the simulated pet shop. */
  static Results sample() throws IOException {
    Path sample = TESTDATA.resolve("sample");
    return of(sample.resolve("expected"))
        .withCatalog(Files.readAllLines(sample.resolve("catalog.jsonl")));
  }

  /** An example of the contract. */
  static Results example(String name) throws IOException {
    return of(TESTDATA.resolve("contract").resolve(name).resolve("expected"));
  }

  static Results none() {
    Map<Result, List<String>> rows = new EnumMap<>(Result.class);
    Arrays.stream(Result.values()).forEach(result -> rows.put(result, List.of()));
    return new Results(rows, List.of(), List.of());
  }

  private static Results of(Path directory) throws IOException {
    Results results = none();
    for (Result result : Result.values()) {
      results = results.with(result, lines(directory.resolve(result.title() + ".jsonl")));
    }
    Path letters = directory.resolve("dead-letters.jsonl");
    return Files.exists(letters) ? results.withDeadLetters(lines(letters)) : results;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  Results with(Result result, List<String> lines) {
    Map<Result, List<String>> all = new EnumMap<>(rows);
    all.put(result, lines);
    return new Results(all, deadLetters, catalog);
  }

  Results without(Result result) {
    Map<Result, List<String>> all = new EnumMap<>(rows);
    all.remove(result);
    return new Results(all, deadLetters, catalog);
  }

  Results withDeadLetters(List<String> lines) {
    return new Results(rows, lines, catalog);
  }

  Results withCatalog(List<String> lines) {
    return new Results(rows, deadLetters, lines);
  }

  /** The rows themselves, for comparison. */
  List<JsonNode> of(Result result) {
    return rows.get(result).stream().map(Results::parsed).toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  String page() throws IOException {
    StringWriter page = new StringWriter();
    write(page);
    return page.toString();
  }

  Path pageIn(Path directory) throws IOException {
    Path file = directory.resolve("report.html");
    try (Writer page = Files.newBufferedWriter(file)) {
      write(page);
    }
    return file;
  }

  private void write(Writer page) throws IOException {
    Report report = new Report();
    for (Map.Entry<Result, List<String>> result : rows.entrySet()) {
      report.read(result.getKey(), reader(result.getValue()));
    }
    report.readDeadLetters(reader(deadLetters));
    report.readCatalog(reader(catalog));
    report.writeTo(page);
  }

  private static Reader reader(List<String> lines) {
    return new StringReader(String.join("\n", lines));
  }
}

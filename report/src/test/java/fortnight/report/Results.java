package fortnight.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.common.Analysis;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a run as lines, some of them from the repository. */
public record Results(
    Map<Analysis, List<String>> rows, List<String> deadLetters, List<String> catalog) {
  /** The analyses that a page shows even if they have no rows. */
  public static final List<Analysis> ANALYSES =
      List.of(
          Analysis.WEEKLY_VOLUME,
          Analysis.VOLUME_CHANGE,
          Analysis.PRODUCT_VOLUME,
          Analysis.PRODUCT_VOLUME_CHANGE,
          Analysis.WEEKLY_CUSTOMERS,
          Analysis.CUSTOMER_CHANGE);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TESTDATA = Path.of("..", "testdata");

  /** Ten weeks of the simulated pet shop. */
  public static Results sample() throws IOException {
    Path sample = TESTDATA.resolve("sample");
    return of(sample.resolve("expected"))
        .withCatalog(Files.readAllLines(sample.resolve("catalog.jsonl")));
  }

  /** An example of the contract. */
  public static Results example(String name) throws IOException {
    return of(TESTDATA.resolve("contract").resolve(name).resolve("expected"));
  }

  public static Results none() {
    Map<Analysis, List<String>> rows = new LinkedHashMap<>();
    ANALYSES.forEach(analysis -> rows.put(analysis, List.of()));
    return new Results(rows, List.of(), List.of());
  }

  private static Results of(Path directory) throws IOException {
    Results results = none();
    for (Analysis analysis : ANALYSES) {
      Path file = directory.resolve(analysis.title() + ".jsonl");
      if (Files.exists(file)) {
        results = results.with(analysis, lines(file));
      }
    }
    Path letters = directory.resolve("dead-letters.jsonl");
    return Files.exists(letters) ? results.withDeadLetters(lines(letters)) : results;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  public Results with(Analysis analysis, List<String> lines) {
    Map<Analysis, List<String>> all = new LinkedHashMap<>(rows);
    all.put(analysis, lines);
    return new Results(all, deadLetters, catalog);
  }

  public Results without(Analysis analysis) {
    Map<Analysis, List<String>> all = new LinkedHashMap<>(rows);
    all.remove(analysis);
    return new Results(all, deadLetters, catalog);
  }

  public Results withDeadLetters(List<String> lines) {
    return new Results(rows, lines, catalog);
  }

  public Results withCatalog(List<String> lines) {
    return new Results(rows, deadLetters, lines);
  }

  /** The parsed rows of an analysis. */
  public List<JsonNode> of(Analysis analysis) {
    return rows.get(analysis).stream().map(Results::parsed).toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  public String page() throws IOException {
    StringWriter page = new StringWriter();
    write(page);
    return page.toString();
  }

  public Path pageIn(Path directory) throws IOException {
    Path file = directory.resolve("report.html");
    try (Writer page = Files.newBufferedWriter(file)) {
      write(page);
    }
    return file;
  }

  private void write(Writer page) throws IOException {
    Report report = new Report();
    for (Map.Entry<Analysis, List<String>> result : rows.entrySet()) {
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

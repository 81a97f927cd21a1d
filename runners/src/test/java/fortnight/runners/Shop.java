package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.Simulate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The transactions of a simulated shop, and the results of a file run, which other runs must have.
 *
 * @param lines the transactions, in the order of their times
 * @param rows the lines of each result file, by analysis
 */
record Shop(List<String> lines, Map<String, List<String>> rows) {
  private static final Path SAMPLE =
      Path.of("..", "testdata", "sample", "transactions.jsonl.gz").toAbsolutePath().normalize();

  /** Every tenth transaction of the committed sample. */
  static Shop sample(Path directory) throws Exception {
    Path file = directory.resolve("sample.jsonl");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(SAMPLE)), UTF_8))) {
      List<String> all = lines.lines().toList();
      Files.write(
          file,
          IntStream.range(0, all.size()).filter(i -> i % 10 == 0).mapToObj(all::get).toList());
    }
    return of(file, directory.resolve("sample"));
  }

  /** Simulates half a year. */
  static Shop simulateHalfYear(Path directory, int transactions) throws Exception {
    return simulate(directory, transactions, "2022-07-04");
  }

  static Shop simulateYear(Path directory, int transactions) throws Exception {
    return simulate(directory, transactions, "2023-01-02");
  }

  private static Shop simulate(Path directory, int transactions, String end) throws Exception {
    Path file = directory.resolve("shop.jsonl");
    simulate(
        "--transactions=" + transactions, "--start=2022-01-03", "--end=" + end, "--output=" + file);
    return of(file, directory.resolve("truth"));
  }

  /** Runs the simulator in this process. */
  static void simulate(String... args) {
    PrintStream counts = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    assertThat(new Simulate().execute(counts, System.err, args)).isZero();
  }

  private static Shop of(Path file, Path output) throws Exception {
    PipelineRun run =
        PipelineRun.of(
            "--input=" + file,
            "--output=" + output,
            "--analyses=" + String.join(",", ResultRows.ALL_ANALYSES));
    assertThat(run.status()).as(run.err()).isZero();
    Map<String, List<String>> rows = new HashMap<>();
    for (String analysis : ResultRows.ALL_ANALYSES) {
      rows.put(analysis, Files.readAllLines(output.resolve(analysis + ".jsonl")));
    }
    return new Shop(Files.readAllLines(file), rows);
  }

  /** One of equal parts of the transactions, counted from 0. */
  List<String> part(int part, int parts) {
    return lines.subList(lines.size() * part / parts, lines.size() * (part + 1) / parts);
  }

  /** The rows of an analysis for the weeks that a stream closes: all but the last one. */
  Set<String> closedRows(String analysis) throws IOException {
    return closed(rows.get(analysis));
  }

  /** The rows that are of weeks before the last one. */
  Set<String> closed(Collection<String> some) throws IOException {
    return ResultRows.closedBy(lastWeek(), some);
  }

  /** The start of the last week, which a stream does not close. */
  String lastWeek() throws IOException {
    List<String> mondays = ResultRows.values("window_start", rows.get("weekly-volume"));
    return mondays.get(mondays.size() - 1);
  }
}

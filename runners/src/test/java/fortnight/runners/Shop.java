package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Half a year of a simulated shop, and what a file run says about it: the truth for runs that were
 * disturbed.
 *
 * @param lines its transactions, in the order of their times
 * @param rows of each analysis
 */
record Shop(List<String> lines, Map<String, Set<String>> rows) {
  private static final String LAST_MONDAY = "2022-06-27";

  static Shop simulate(Path directory, int transactions) throws Exception {
    Path file = directory.resolve("shop.jsonl");
    Jar.simulate(
        directory,
        "--transactions=" + transactions,
        "--start=2022-01-03",
        "--end=2022-07-04",
        "--output=" + file);
    Path output = directory.resolve("truth");
    PipelineRun run = PipelineRun.of("--input=" + file, "--output=" + output);
    assertThat(run.status()).as(run.err()).isZero();
    Map<String, Set<String>> rows = new HashMap<>();
    for (String analysis : ResultRows.ANALYSES) {
      rows.put(analysis, ResultRows.inFile(output, analysis));
    }
    return new Shop(Files.readAllLines(file), rows);
  }

  /** One of equal parts of its transactions, counted from 0. */
  List<String> part(int part, int parts) {
    return lines.subList(lines.size() * part / parts, lines.size() * (part + 1) / parts);
  }

  /** The rows of an analysis that stand before the stream knows that the last week is over. */
  Set<String> closedRows(String analysis) throws IOException {
    return ResultRows.closedBy(LAST_MONDAY, rows.get(analysis));
  }
}

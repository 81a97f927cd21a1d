package fortnight.benchmarks.spark;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.benchmarks.checks.ResultFigures;
import fortnight.benchmarks.peers.JacksonLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two weeks with three sales, a week without sales, and one more sale. */
final class SparkSqlIT {
  private static final String SALES =
      """
      {"timestamp": "2022-01-03T00:00:00", "line_items": [{"item_id": 7, "quantity": 2}]}
      {"timestamp": "2022-01-09T23:59:59.999999", "line_items": [{"item_id": 7, "quantity": 1}, \
      {"item_id": 8, "quantity": 5}]}
      {"timestamp": "2022-01-10T00:00:00", "line_items": []}
      {"timestamp": "2022-01-24T12:00:00", "line_items": [{"item_id": 8, "quantity": 1}]}
      """;

  @TempDir Path directory;

  @Test
  void givesTheResultsOfTheLoop() throws Exception {
    Path input = Files.writeString(directory.resolve("sales.jsonl"), SALES);
    Path expected = directory.resolve("expected");
    Path output = directory.resolve("out");

    JacksonLoop.main(new String[] {input.toString(), expected.toString()});
    SparkSql.main(new String[] {input.toString(), output.toString()});

    ResultFigures figures = ResultFigures.in(output);
    assertThat(figures.difference(ResultFigures.in(expected))).isEmpty();
    assertThat(figures.size()).isEqualTo(15);
  }
}

package fortnight.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.benchmarks.checks.ResultFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two weeks with three sales, a week without sales, and one more sale. */
final class PeersIT {
  private static final List<String> LINES =
      List.of(
          sale("2022-01-03T00:00:00", "{\"item_id\": 7, \"quantity\": 2}"),
          sale(
              "2022-01-09T23:59:59.999999",
              "{\"item_id\": 7, \"quantity\": 1}, {\"item_id\": 8, \"quantity\": 5}"),
          sale("2022-01-10T00:00:00", "{\"item_id\": 7, \"quantity\": 6}"),
          sale("2022-01-24T12:00:00", "{\"item_id\": 8, \"quantity\": 1}"));

  @TempDir Path directory;
  private String input;
  private String output;

  @BeforeEach
  void write() throws IOException {
    input = Files.write(directory.resolve("sales.jsonl"), LINES).toString();
    output = directory.resolve("out").toString();
  }

  @Test
  void jacksonLoopGivesTheExpectedResults() throws Exception {
    JacksonLoop.main(new String[] {input, output});

    assertThat(results().difference(expected())).isEmpty();
  }

  @Test
  void duckDbGivesTheExpectedResults() throws Exception {
    DuckDb.main(new String[] {input, output});

    assertThat(results().difference(expected())).isEmpty();
  }

  @Test
  void textbookBeamGivesTheExpectedResults() throws Exception {
    TextbookBeamOnFiles.main(new String[] {"--inputFile=" + input, "--outputDirectory=" + output});

    assertThat(results().until("2022-01-24T00:00:00").difference(expected())).isEmpty();
  }

  private ResultFigures results() throws IOException {
    return ResultFigures.in(Path.of(output));
  }

  private static ResultFigures expected() throws IOException {
    ResultFigures expected = new ResultFigures();
    volume(expected, "03", 2, 3, 8);
    volume(expected, "10", 1, 1, 6);
    volume(expected, "24", 1, 1, 1);
    productVolume(expected, "03", 7, 2, 3);
    productVolume(expected, "03", 8, 1, 5);
    productVolume(expected, "10", 7, 1, 6);
    productVolume(expected, "24", 8, 1, 1);
    change(expected, "volume-change", "03", "", 0, 2, "null");
    change(expected, "volume-change", "10", "", 2, 1, "0.5");
    change(expected, "volume-change", "17", "", 1, 0, "0.0");
    change(expected, "volume-change", "24", "", 0, 1, "null");
    change(expected, "product-volume-change", "03", "7", 0, 3, "null");
    change(expected, "product-volume-change", "03", "8", 0, 5, "null");
    change(expected, "product-volume-change", "10", "7", 3, 6, "2.0");
    change(expected, "product-volume-change", "10", "8", 5, 0, "0.0");
    change(expected, "product-volume-change", "17", "7", 6, 0, "0.0");
    change(expected, "product-volume-change", "24", "8", 0, 1, "null");
    return expected;
  }

  private static void volume(
      ResultFigures to, String day, int transactions, int lineItems, int units) throws IOException {
    to.add(
        "weekly-volume",
        "{\"window_start\":\"2022-01-%sT00:00:00\",\"transactions\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(day, transactions, lineItems, units));
  }

  private static void productVolume(
      ResultFigures to, String day, int item, int lineItems, int units) throws IOException {
    to.add(
        "product-volume",
        "{\"window_start\":\"2022-01-%sT00:00:00\",\"item_id\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(day, item, lineItems, units));
  }

  private static void change(
      ResultFigures to,
      String analysis,
      String day,
      String item,
      int previous,
      int current,
      String ratio)
      throws IOException {
    to.add(
        analysis,
        ("{\"current_start\":\"2022-01-%sT00:00:00\",\"item_id\":\"%s\",\"previous\":%d,"
                + "\"current\":%d,\"change\":%d,\"ratio\":%s}")
            .formatted(day, item, previous, current, current - previous, ratio));
  }

  private static String sale(String time, String items) {
    return "{\"transaction_id\": 1, \"customer_id\": null, \"timestamp\": \"%s\", \"line_items\": [%s]}"
        .formatted(time, items);
  }
}

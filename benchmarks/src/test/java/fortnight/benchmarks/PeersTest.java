package fortnight.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.benchmarks.peers.DuckDb;
import fortnight.benchmarks.peers.JacksonLoop;
import fortnight.benchmarks.peers.TextbookBeamOnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two weeks of three sales, a week without any, and one more sale: figures to add in the head. */
final class PeersTest {
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
  void theLoopAnswers() throws Exception {
    JacksonLoop.main(new String[] {input, output});

    assertThat(answers().difference(truth())).isEmpty();
  }

  @Test
  void duckDbAnswers() throws Exception {
    DuckDb.main(new String[] {input, output});

    assertThat(answers().difference(truth())).isEmpty();
  }

  @Test
  void textbookBeamAnswers() throws Exception {
    TextbookBeamOnFiles.main(new String[] {"--input=" + input, "--output=" + output});

    assertThat(answers().until("2022-01-24T00:00:00").difference(truth())).isEmpty();
  }

  private Answers answers() throws IOException {
    return Answers.in(Path.of(output));
  }

  private static Answers truth() throws IOException {
    Answers truth = new Answers();
    volume(truth, "03", 2, 3, 8);
    volume(truth, "10", 1, 1, 6);
    volume(truth, "24", 1, 1, 1);
    productVolume(truth, "03", 7, 2, 3);
    productVolume(truth, "03", 8, 1, 5);
    productVolume(truth, "10", 7, 1, 6);
    productVolume(truth, "24", 8, 1, 1);
    change(truth, "volume-change", "03", "", 0, 2, "null");
    change(truth, "volume-change", "10", "", 2, 1, "0.5");
    change(truth, "volume-change", "17", "", 1, 0, "0.0");
    change(truth, "volume-change", "24", "", 0, 1, "null");
    change(truth, "product-volume-change", "03", "7", 0, 3, "null");
    change(truth, "product-volume-change", "03", "8", 0, 5, "null");
    change(truth, "product-volume-change", "10", "7", 3, 6, "2.0");
    change(truth, "product-volume-change", "10", "8", 5, 0, "0.0");
    change(truth, "product-volume-change", "17", "7", 6, 0, "0.0");
    change(truth, "product-volume-change", "24", "8", 0, 1, "null");
    return truth;
  }

  private static void volume(Answers to, String day, int transactions, int lineItems, int units)
      throws IOException {
    to.add(
        "weekly-volume",
        "{\"window_start\":\"2022-01-%sT00:00:00\",\"transactions\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(day, transactions, lineItems, units));
  }

  private static void productVolume(Answers to, String day, int item, int lineItems, int units)
      throws IOException {
    to.add(
        "product-volume",
        "{\"window_start\":\"2022-01-%sT00:00:00\",\"item_id\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(day, item, lineItems, units));
  }

  private static void change(
      Answers to, String analysis, String day, String item, int previous, int current, String ratio)
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

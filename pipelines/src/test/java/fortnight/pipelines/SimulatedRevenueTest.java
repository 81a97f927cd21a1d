package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.Simulate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The revenue of a simulated year, by product, store and category, is that of its truth file. */
class SimulatedRevenueTest {
  private static final String FORMAT =
      "--format=id=transaction_id,time=timestamp,item=line_items[].item_id,"
          + "quantity=line_items[].quantity,price=line_items[].unit_price,by.store=store_id,"
          + "by.category=line_items[].category";

  @TempDir Path directory;

  @Test
  void hasTheRowsOfTheTruth() throws IOException {
    Path input = directory.resolve("year.jsonl");
    Path truth = directory.resolve("truth.jsonl");
    Path output = directory.resolve("out");
    int status =
        new Simulate()
            .execute(
                System.out,
                System.err,
                "--output=" + input,
                "--truth=" + truth,
                "--transactions=10000",
                "--outOfOrder=1d",
                "--late=0.02:30d",
                "--malformed=0.02",
                "--idle=2022-08-01/2022-08-15",
                "--withPrices");
    assertThat(status).isZero();

    TestRun run = TestRun.of("--input=" + input, "--output=" + output, FORMAT);

    assertThat(run.status()).as(run.err()).isZero();
    for (String analysis :
        List.of("weekly-volume", "product-volume", "store-volume", "category-volume")) {
      List<String> expected = truthOf(analysis, truth);
      assertThat(expected).hasSizeGreaterThan(40).allMatch(row -> row.contains("\"revenue\":"));
      assertThat(rows(output.resolve(analysis + ".jsonl"))).isEqualTo(expected);
    }
  }

  /** Decimals are compared as they are written. */
  private static List<String> truthOf(String analysis, Path truth) throws IOException {
    String beginning = "{\"analysis\":\"" + analysis + "\",";
    return Files.readAllLines(truth, UTF_8).stream()
        .filter(row -> row.startsWith(beginning))
        .map(row -> "{" + row.substring(beginning.length()))
        .toList();
  }

  private static List<String> rows(Path file) throws IOException {
    return Files.readAllLines(file, UTF_8).stream()
        .map(row -> row.replaceFirst(",\"pane\":\"ON_TIME\",\"version\":\\d+}$", "}"))
        .toList();
  }
}

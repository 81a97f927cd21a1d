package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.Simulate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The revenue of a simulated year, by product, store and category, is that of its truth file. */
class SimulatedRevenueTest {
  private static final List<String> SMALL =
      List.of("--transactions=3000", "--products=60", "--seed=22");

  @TempDir Path directory;

  @Test
  void ofTheDefaultFormatWithPrices() throws IOException {
    simulate(
        "--withPrices",
        "--outOfOrder=1d",
        "--late=0.02:30d",
        "--malformed=0.02",
        "--idle=2022-08-01/2022-08-15");

    analyze(
        "fortnight,price=line_items[].unit_price,by.store=store_id,"
            + "by.category=line_items[].category");

    for (String analysis :
        List.of("weekly-volume", "product-volume", "store-volume", "category-volume")) {
      assertIsTruth(analysis);
    }
  }

  @Test
  void ofOrdersOfShopify() throws IOException {
    simulate("--format=shopify");

    analyze("shopify,price=line_items[].price,by.store=location_id");

    for (String analysis : List.of("weekly-volume", "product-volume", "store-volume")) {
      assertIsTruth(analysis);
    }
  }

  @Test
  void ofOrdersOfSquareInCents() throws IOException {
    simulate("--format=square");

    analyze("square,price=line_items[].base_price_money.amount,priceUnit=minor");

    assertIsTruth("weekly-volume");
  }

  private void simulate(String... more) {
    Stream<String> flags = Stream.of("--output=" + input(), "--truth=" + truth());
    String[] all =
        Stream.of(flags, SMALL.stream(), Stream.of(more))
            .flatMap(args -> args)
            .toArray(String[]::new);
    assertThat(new Simulate().execute(System.out, System.err, all)).isZero();
  }

  private void analyze(String format) {
    TestRun run = TestRun.of("--input=" + input(), "--output=" + output(), "--format=" + format);
    assertThat(run.status()).as(run.err()).isZero();
  }

  private void assertIsTruth(String analysis) throws IOException {
    List<String> expected = truthOf(analysis);
    assertThat(expected).hasSizeGreaterThan(40).allMatch(row -> row.contains("\"revenue\":"));
    assertThat(rows(output().resolve(analysis + ".jsonl"))).isEqualTo(expected);
  }

  private Path input() {
    return directory.resolve("year.jsonl");
  }

  private Path truth() {
    return directory.resolve("truth.jsonl");
  }

  private Path output() {
    return directory.resolve("out");
  }

  /** Decimals are compared as they are written. */
  private List<String> truthOf(String analysis) throws IOException {
    String beginning = "{\"analysis\":\"" + analysis + "\",";
    return Files.readAllLines(truth(), UTF_8).stream()
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

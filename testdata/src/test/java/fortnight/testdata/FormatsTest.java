package fortnight.testdata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fortnight.testdata.ProductShape.Sale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON shapes of {@code --format}. */
class FormatsTest {
  private static final String SMALL = "--transactions=2000";
  private static final int MAX_RECORD = 1 << 20;

  private SimulatedFiles shop;
  private Path directory;

  @BeforeEach
  void open(@TempDir Path folder) {
    directory = folder;
    shop = new SimulatedFiles(folder);
  }

  static List<ProductShape> products() {
    return ProductShape.PRODUCTS;
  }

  @Test
  void theDefaultIsTheFormatOfTheTalk() throws IOException {
    shop.simulate(SMALL);
    List<String> lines = shop.lines();

    shop.simulate(SMALL, "--format=fortnight");

    assertThat(shop.lines()).isEqualTo(lines);
  }

  @ParameterizedTest
  @MethodSource("products")
  void writesTheSameTransactions(ProductShape product) throws IOException {
    shop.simulate(SMALL);
    List<Sale> sales = ProductShape.FORTNIGHT.sales(shop.lines());
    List<JsonNode> truth = shop.truth();

    shop.simulate(SMALL, "--format=" + product);

    List<Sale> ofProduct = product.sales(shop.lines());
    assertThat(ofProduct).hasSizeGreaterThan(1500);
    assertThat(ofProduct.stream().map(product::expressible))
        .isEqualTo(sales.stream().map(product::expressible).toList());
    assertThat(ofProduct).extracting(Sale::id).doesNotHaveDuplicates();
    assertThat(shop.truth()).isEqualTo(truth);
  }

  @ParameterizedTest
  @MethodSource("products")
  void faultsDelayTheSameTransactions(ProductShape product) throws IOException {
    String[] faults = {SMALL, "--outOfOrder=1h", "--late=0.1:30d", "--duplicates=0.1"};
    shop.simulate(faults);
    List<Sale> sales = ProductShape.FORTNIGHT.sales(shop.lines());
    List<JsonNode> truth = shop.truth();

    shop.simulate(
        Stream.concat(Stream.of(faults), Stream.of("--format=" + product)).toArray(String[]::new));

    assertThat(product.sales(shop.lines()).stream().map(product::expressible))
        .isEqualTo(sales.stream().map(product::expressible).toList());
    assertThat(shop.truth()).isEqualTo(truth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shopify", "square", "stripe"})
  void oneTransactionInTenFollowsARecordThatIsNone(String name) throws IOException {
    shop.simulate(SMALL, "--format=" + name);

    long transactions = shop.sum("transactions");
    assertThat(shop.lines()).hasSize((int) (transactions + transactions / 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"segment", "ga4"})
  void everyTransactionFollowsAnEventThatIsNone(String name) throws IOException {
    shop.simulate(SMALL, "--format=" + name);

    assertThat(shop.lines()).hasSize((int) (2 * shop.sum("transactions")));
  }

  @ParameterizedTest
  @MethodSource("products")
  void recordsThatAreNoTransactionsAreOlderThanTheOneThatFollows(ProductShape product)
      throws IOException {
    shop.simulate(SMALL, "--format=" + product, "--outOfOrder=1h", "--duplicates=0.1");

    Instant before = Instant.MIN;
    for (String line : shop.lines()) {
      JsonNode record = ProductShape.parse(line);
      Instant time = product.instant().apply(record.at(product.time()));
      assertThat(time).isAfterOrEqualTo(before);
      before = product.where().test(record) ? Instant.MIN : time;
    }
    assertThat(before).isEqualTo(Instant.MIN);
  }

  @ParameterizedTest
  @MethodSource("products")
  void recordsHaveEscapesAndUtf8(ProductShape product) throws IOException {
    shop.simulate(SMALL, "--format=" + product);

    assertThat(String.join("\n", shop.lines())).contains("\\u00e9", "\\\"", "Größe");
  }

  @ParameterizedTest
  @MethodSource("products")
  void theBytesDoNotDependOnThreads(ProductShape product) throws IOException {
    shop.simulate(SMALL, "--format=" + product, "--malformed=0.1", "--threads=1");
    List<String> lines = shop.lines();

    shop.simulate(SMALL, "--format=" + product, "--malformed=0.1", "--threads=4");

    assertThat(shop.lines()).isEqualTo(lines);
  }

  @ParameterizedTest
  @MethodSource("products")
  void malformedRecordsHaveTheirReason(ProductShape product) throws IOException {
    assertReasons(product, "--format=" + product);
  }

  @Test
  void malformedRecordsWithPricesHaveTheirReason() throws IOException {
    assertReasons(ProductShape.FORTNIGHT, "--withPrices");
  }

  private void assertReasons(ProductShape product, String flag) throws IOException {
    shop.simulate(SMALL, flag);
    Set<String> whole = new HashSet<>(shop.lines());

    shop.simulate(SMALL, flag, "--malformed=0.05");

    List<String> malformed = new ArrayList<>(shop.lines());
    malformed.removeIf(whole::contains);
    assertThat(reasons(product, malformed)).isEqualTo(reasons(shop.truth("fault", "MALFORMED")));
  }

  @Test
  void uciWritesARowForEachLineItem() throws IOException {
    shop.simulate(SMALL);
    List<Sale> sales = ProductShape.FORTNIGHT.sales(shop.lines());
    Path file = directory.resolve("rows.csv");

    SimulateRun run = SimulateRun.of(List.of("--output=" + file, SMALL), "--format=uci");

    String rows = Files.readString(file, ISO_8859_1);
    assertThat(run.exitStatus()).as(run.messages()).isZero();
    assertThat(rows)
        .startsWith(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,")
        .contains(",\"DOG FOOD \"\"PRAIRIE\"\"\",", "B\u00c9B\u00c9", "\"BIODEGRADABLE\nBAGS\"");
    assertThat(Pattern.compile("^\\d+,\\d+,", Pattern.MULTILINE).matcher(rows).results())
        .hasSize(sales.stream().mapToInt(sale -> sale.lines().size()).sum());
  }

  @Test
  void uciNeedsAFileAndWholeRecords() {
    SimulateRun run =
        SimulateRun.of(
            List.of("--output=kafka://localhost:1/rows", "--malformed=0.1"), "--format=uci");

    assertThat(run)
        .isEqualTo(
            new SimulateRun(
                2,
                """
                --format=uci: rows under a header, which a topic does not have; use a file
                --malformed: breaks records in JSON, and --format=uci is CSV
                See --help.
                """));
  }

  @Test
  void onlyTheDefaultFormatIsWithPricesOnRequest() {
    SimulateRun run =
        SimulateRun.of(List.of("--output=-", "--malformed=0.1"), "--format=uci", "--withPrices");

    assertThat(run)
        .isEqualTo(
            new SimulateRun(
                2,
                """
                --withPrices: for --format=fortnight only; remove it, records of --format=uci \
                always have prices
                --malformed: breaks records in JSON, and --format=uci is CSV
                See --help.
                """));
  }

  @Test
  void anUnknownFormatIsAWrongFlag() {
    SimulateRun run =
        SimulateRun.of(List.of("--output=" + directory.resolve("out")), "--format=shopfy");

    assertThat(run)
        .isEqualTo(
            new SimulateRun(
                2,
                """
                --format=shopfy: unknown format; did you mean shopify? The formats are fortnight, \
                shopify, square, stripe, segment, ga4, uci
                See --help.
                """));
  }

  private static Map<String, Integer> reasons(List<JsonNode> faults) {
    Map<String, Integer> reasons = new TreeMap<>();
    faults.forEach(fault -> reasons.merge(fault.get("reason").asText(), 1, Integer::sum));
    return reasons;
  }

  private static Map<String, Integer> reasons(ProductShape product, List<String> malformed)
      throws IOException {
    Map<String, Integer> reasons = new TreeMap<>();
    for (String line : malformed) {
      reasons.merge(reason(product, line), 1, Integer::sum);
    }
    return reasons;
  }

  private static String reason(ProductShape product, String line) throws IOException {
    JsonNode record;
    try {
      record = ProductShape.parse(line);
    } catch (JsonProcessingException e) {
      return "MALFORMED_JSON";
    }
    assertThat(product.where().test(record)).as(line).isTrue();
    if (line.length() > MAX_RECORD) {
      return "TOO_LARGE";
    }
    JsonNode time = record.at(product.time());
    JsonNode item = product.items() == null ? null : record.at(product.items()).get(0);
    if (time.isMissingNode() || (item != null && !item.has(product.item()))) {
      return "MISSING_FIELD";
    }
    if (record.at(product.id()).isDouble() || (item != null && item.get(product.item()).isNull())) {
      return "BAD_ID";
    }
    if (item != null && !item.get(product.quantity()).asText().matches("\\d")) {
      return "BAD_QUANTITY";
    }
    try {
      Instant instant = product.instant().apply(time);
      assertThat(instant).as(line).isEqualTo(Instant.EPOCH);
      return "TIMESTAMP_OUT_OF_RANGE";
    } catch (DateTimeException | NumberFormatException e) {
      return "BAD_TIMESTAMP";
    }
  }
}

package fortnight.transforms.parse;

import static fortnight.transforms.Sales.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastParserTest {
  private static final Path SAMPLE = Path.of("../testdata/sample/transactions.jsonl.gz");

  private static final String SALE =
      "{'transaction_id': 1, 'customer_id': 'c', 'timestamp': '2023-01-02T09:00',"
          + " 'line_items': [{'item_id': 3, 'quantity': -4}, {'item_id': '3', 'quantity': 5}]}";

  private static final Transaction TRANSACTION =
      new Transaction(
          Id.ofInteger(1),
          Id.ofString("c"),
          at("2023-01-02T09:00"),
          List.of(new LineItem(Id.ofInteger(3), -4), new LineItem(Id.ofString("3"), 5)));

  /** Guards the speed: records outside the fast path are parsed correctly, but slowly. */
  @Test
  void acceptsEveryRecordOfTheSample() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(SAMPLE)), UTF_8))) {
      assertThat(lines.lines()).hasSizeGreaterThan(20_000).allMatch(line -> scanned(line) != null);
    }
  }

  /** Guards the speed: records that do not match a template are parsed more slowly. */
  @Test
  void parsesEveryRecordOfTheSampleByOneTemplate() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(SAMPLE)), UTF_8))) {
      RecordTemplate template = template(SALE);

      assertThat(lines.lines())
          .hasSizeGreaterThan(20_000)
          .allSatisfy(
              line -> assertThat(template.scan(json(line))).isNotNull().isEqualTo(scanned(line)));
    }
  }

  @Test
  void replacesTheTemplateAfterTwoMismatches() {
    String other = SALE.replace(" ", "");
    String forJackson = SALE.replace("'transaction_id'", "'store': 1, 'transaction_id'");
    FastParser scanner = new FastParser();

    assertThat(List.of(SALE, SALE, other, SALE, other, other, other, SALE, forJackson, SALE, SALE))
        .extracting(
            record -> TRANSACTION.equals(scan(scanner, record)),
            record -> scanner.matchedTemplate())
        .containsExactly(
            tuple(true, false),
            tuple(true, true),
            tuple(true, false),
            tuple(true, true),
            tuple(true, false),
            tuple(true, false),
            tuple(true, true),
            tuple(true, false),
            tuple(false, false),
            tuple(true, false),
            tuple(true, true));
  }

  @Test
  void learnsNoTemplateFromFewerThanTwoEqualLineItems() {
    assertThat(template(SALE.replaceFirst(", \\{.*", "]}"))).isNull();
    assertThat(
            template(SALE.replace("'item_id': '3', 'quantity': 5", "'quantity': 5, 'item_id': 3")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SALE,
        "\t" + SALE + " \r\n",
        "{'line_items':[{'quantity':-4,'item_id':3},{'item_id':'3','quantity':5}],"
            + "'timestamp':'2023-01-02 09:00:00.000999','customer_id':'c','transaction_id':1}"
      })
  void acceptsFieldsInAnyOrderAndWhiteSpaceAnywhere(String record) {
    assertThat(scanned(record)).isEqualTo(TRANSACTION);
  }

  @Test
  void acceptsMissingCustomersAndEmptyLineItems() {
    Transaction nothing =
        new Transaction(Id.ofInteger(1), null, TRANSACTION.timestamp(), List.of());
    String record = "{'transaction_id': 1, 'timestamp': '2023-01-02T09:00', 'line_items': []";

    assertThat(scanned(record + "}")).isEqualTo(nothing);
    assertThat(scanned(record + ", 'customer_id': null}")).isEqualTo(nothing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "\uFEFF" + SALE,
        SALE + SALE,
        "{'store': 1, 'transaction_id'",
        "{'customer_id': null, 'transaction_id'",
        "{'timestamp': 'soon', 'transaction_id'",
        "{'transaction\\u005fid': 1, 'transaction_id'"
      })
  void doesNotAcceptUncommonRecords(String record) {
    String whole = record.replace(" 'transaction_id'", SALE.substring(1));

    assertThat(scanned(whole)).isNull();
  }

  private static @Nullable Transaction scanned(String json) {
    return scan(new FastParser(), json);
  }

  private static @Nullable Transaction scan(FastParser scanner, String json) {
    byte[] record = utf8(json);
    return scanner.scan(record, 0, record.length);
  }

  private static RecordTemplate template(String json) {
    byte[] record = utf8(json);
    FastParser.PlainRecord plain = new FastParser.PlainRecord(record, 0, record.length);
    assertThat(plain.transaction()).isNotNull();
    return plain.template();
  }

  private static JsonCursor json(String json) {
    byte[] record = utf8(json);
    return new JsonCursor(record, 0, record.length);
  }

  private static byte[] utf8(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}

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

  private static final Transaction SOLD =
      new Transaction(
          Id.ofInteger(1),
          Id.ofString("c"),
          at("2023-01-02T09:00"),
          List.of(new LineItem(Id.ofInteger(3), -4), new LineItem(Id.ofString("3"), 5)));

  /** Without this the parser would be correct but slow, and no test would fail. */
  @Test
  void takesEveryRecordOfTheSample() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(SAMPLE)), UTF_8))) {
      assertThat(lines.lines()).hasSizeGreaterThan(20_000).allMatch(line -> scanned(line) != null);
    }
  }

  /** This, too, could be lost without anybody seeing it. */
  @Test
  void knowsTheLayoutOfEveryRecordOfTheSample() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(SAMPLE)), UTF_8))) {
      RecordTemplate layout = layout(SALE);

      assertThat(lines.lines())
          .hasSizeGreaterThan(20_000)
          .allSatisfy(
              line -> assertThat(layout.scan(json(line))).isNotNull().isEqualTo(scanned(line)));
    }
  }

  @Test
  void learnsAnotherLayoutFromTheSecondRecordInARow() {
    String other = SALE.replace(" ", "");
    String forJackson = SALE.replace("'transaction_id'", "'store': 1, 'transaction_id'");
    FastParser scanner = new FastParser();

    assertThat(List.of(SALE, SALE, other, SALE, other, other, other, SALE, forJackson, SALE, SALE))
        .extracting(record -> SOLD.equals(scan(scanner, record)), record -> scanner.tookByLayout())
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
  void learnsNoLayoutOfWhatShowsTooLittle() {
    assertThat(layout(SALE.replaceFirst(", \\{.*", "]}"))).isNull();
    assertThat(layout(SALE.replace("'item_id': '3', 'quantity': 5", "'quantity': 5, 'item_id': 3")))
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
  void takesFieldsInAnyOrderAndWhiteSpaceAnywhere(String record) {
    assertThat(scanned(record)).isEqualTo(SOLD);
  }

  @Test
  void takesAGuestAndASaleOfNothing() {
    Transaction nothing = new Transaction(Id.ofInteger(1), null, SOLD.timestamp(), List.of());
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
  void leavesWhatIsUnusual(String record) {
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

  private static RecordTemplate layout(String json) {
    byte[] record = utf8(json);
    FastParser.PlainRecord plain = new FastParser.PlainRecord(record, 0, record.length);
    assertThat(plain.transaction()).isNotNull();
    return plain.layout();
  }

  private static JsonCursor json(String json) {
    byte[] record = utf8(json);
    return new JsonCursor(record, 0, record.length);
  }

  private static byte[] utf8(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}

package fortnight.transforms.parse;

import static fortnight.transforms.Sales.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.Preset;
import fortnight.transforms.formats.RecordFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastParserTest {
  private static final Path SAMPLE = Path.of("../testdata/sample/transactions.jsonl.gz");

  private static final Path FORMATS = Path.of("../testdata/formats");

  private static final String SALE =
      "{'transaction_id': 1, 'customer_id': 'c', 'timestamp': '2023-01-02T09:00',"
          + " 'line_items': [{'item_id': 3, 'quantity': -4}, {'item_id': '3', 'quantity': 5}]}";

  private static final Transaction TRANSACTION =
      new Transaction(
          Id.ofInteger(1),
          Id.ofString("c"),
          at("2023-01-02T09:00"),
          List.of(LineItem.of(Id.ofInteger(3), -4), LineItem.of(Id.ofString("3"), 5)));

  /** Guards the speed: records outside the fast path are parsed correctly, but slowly. */
  @Test
  void acceptsEveryRecordOfTheSample() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(SAMPLE)), UTF_8))) {
      assertThat(lines.lines()).hasSizeGreaterThan(20_000).allMatch(line -> parsed(line) != null);
    }
  }

  /** Guards the speed: no valid record of the examples needs Jackson. */
  @ParameterizedTest
  @EnumSource(value = Preset.class, mode = EnumSource.Mode.EXCLUDE, names = "UCI")
  void acceptsValidRecordsOfThePresets(Preset preset) throws IOException {
    TransactionParser parser =
        new TransactionParser(preset.format(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);

    for (String line : Files.readAllLines(FORMATS.resolve(preset.title() + "/input.jsonl"))) {
      Payload payload = Payload.of("f:", 0, line);
      try {
        ParsedRecord judged = parser.parseWithJackson(payload);

        assertThat(parser.parseFast(payload)).isEqualTo(judged);
        assertThat(parser.parseFast(payload)).isEqualTo(judged);
      } catch (Rejection e) {
        assertThat(parser.parseFast(payload)).isNull();
      }
    }
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
    assertThat(parsed(record)).isEqualTo(TRANSACTION);
  }

  @Test
  void acceptsMissingCustomersAndEmptyLineItems() {
    Transaction nothing =
        new Transaction(Id.ofInteger(1), null, TRANSACTION.timestamp(), List.of());
    String record = "{'transaction_id': 1, 'timestamp': '2023-01-02T09:00', 'line_items': []";

    assertThat(parsed(record + "}")).isEqualTo(nothing);
    assertThat(parsed(record + ", 'customer_id': null}")).isEqualTo(nothing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'store': 1",
        "'store': {'id': [1, {'a': null, 'b': [true, false, -1.5e+3, '', {}, []]}]}",
        "'note': 'a \\\"quoted\\\" \\u00e9 é 🛒'",
        "'nöte': 'é'",
        "'line_item': [{'item_id': 1}]",
        "'transaction': {'transaction_id': 7, 'timestamp': 'soon'}"
      })
  void skipsUnknownFieldsAnywhere(String field) {
    String inItem = SALE.replace("{'item_id'", "{" + field + ", 'item_id'");

    assertThat(parsed(SALE.replace("{'transaction", "{" + field + ", 'transaction")))
        .isEqualTo(TRANSACTION);
    assertThat(parsed(SALE.replace(" 'customer", field + ",\n\t'customer"))).isEqualTo(TRANSACTION);
    assertThat(parsed(SALE.replace("]}", "]," + field + "}"))).isEqualTo(TRANSACTION);
    assertThat(parsed(inItem)).isEqualTo(TRANSACTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-02T09:00Z",
        "2023-01-02 10:00:00+01:00",
        "2023-01-02t05:30:00.000-0330",
        "2023-01-01T23:00:00,000999999-10"
      })
  void acceptsOffsets(String timestamp) {
    assertThat(parsed(SALE.replace("2023-01-02T09:00", timestamp))).isEqualTo(TRANSACTION);
  }

  @Test
  void doesNotDependOnWhatItLearned() {
    String compact = SALE.replace(" ", "");
    String withStore = SALE.replace("'customer_id'", "'store': {'a': 1}, 'customer_id'");
    String otherOrder =
        "{'line_items':[{'quantity':-4,'item_id':3},{'item_id':'3','quantity':5}],"
            + "'store':null,'timestamp':'2023-01-02T09:00','customer_id':'c','transaction_id':1}";
    TransactionParser parser = parser();

    assertThat(List.of(SALE, compact, SALE, withStore, otherOrder, SALE, otherOrder, compact))
        .allMatch(record -> TRANSACTION.equals(parsed(parser, record)));
  }

  @Test
  void acceptsObjectsOfEndlesslyManyKeys() {
    TransactionParser parser = parser();

    for (int i = 0; i < 10_000; i++) {
      String record = SALE.replace("'customer_id'", "'k%d': %d, 'customer_id'".formatted(i, i % 7));
      if (!TRANSACTION.equals(parsed(parser, record))) {
        throw new AssertionError(record);
      }
    }
  }

  @Test
  void leavesAnObjectOfEndlesslyManyKeysToJackson() throws Rejection {
    TransactionParser parser = parser();
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      keys.append("'key %d': %d, ".formatted(i, i));
    }
    String record = SALE.replace("'customer_id'", keys + "'customer_id'");

    assertThat(parsed(parser, record)).isNull();
    Payload payload = Payload.of("f:", 0, record.replace('\'', '"'));
    assertThat(parser.parse(payload).transaction()).isEqualTo(TRANSACTION);
    assertThat(parsed(parser, SALE)).isEqualTo(TRANSACTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "\uFEFF" + SALE,
        SALE + SALE,
        "{'customer_id': null, 'transaction_id'",
        "{'timestamp': 'soon', 'transaction_id'",
        "{'transaction\\u005fid': 1, 'transaction_id'",
        "{'store': 01, 'transaction_id'",
        "{'store': 1., 'transaction_id'",
        "{'store': nul, 'transaction_id'",
        "{'store': 'a\tb', 'transaction_id'",
        "{'store': '\\x', 'transaction_id'",
        "{'store': '\\u12g4', 'transaction_id'",
        "{'store': [1,], 'transaction_id'",
        "{'store': {'a' 1}, 'transaction_id'",
        "{'store': {'a': 1]}, 'transaction_id'",
        "{,'transaction_id'",
        "{'x': 1 'transaction_id'",
        "{'x': 1{'x': 2, 'transaction_id'",
        "{'x': 1 {'x': 2, 'transaction_id'",
        "{'x': 1,{'x': 2, 'transaction_id'",
        "{'x': 1,,'x': 2, 'transaction_id'"
      })
  void doesNotAcceptUnusualOrInvalidRecords(String record) {
    String whole = record.replace(" 'transaction_id'", SALE.substring(1));

    TransactionParser learned = parser();
    parsed(learned, "{'x': 1, 'x': 2, " + SALE.substring(1));
    parsed(learned, "{'x': 1 , 'x': 2, " + SALE.substring(1));
    parsed(learned, "{'y': 1, 'x': 2, " + SALE.substring(1));

    assertThat(parsed(whole)).isNull();
    assertThat(parsed(learned, whole)).isNull();
  }

  private static TransactionParser parser() {
    return new TransactionParser(
        RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
  }

  private static @Nullable Transaction parsed(String json) {
    return parsed(parser(), json);
  }

  private static @Nullable Transaction parsed(TransactionParser parser, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    ParsedRecord record = parser.parseFast(Payload.of("f:", 0, bytes));
    return record == null ? null : record.transaction();
  }
}

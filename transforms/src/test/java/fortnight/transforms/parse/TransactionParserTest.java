package fortnight.transforms.parse;

import static fortnight.transforms.Sales.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionParserTest {
  private static final String SALE =
      "{'transaction_id': 1, 'customer_id': 2, 'timestamp': '2023-01-02T09:00',"
          + " 'line_items': [{'item_id': 3, 'quantity': 4}]}";

  private static final Transaction TRANSACTION =
      new Transaction(
          Id.ofInteger(1),
          Id.ofInteger(2),
          at("2023-01-02T09:00"),
          List.of(LineItem.of(Id.ofInteger(3), 4)));

  @Test
  void parsesATransaction() throws Rejection {
    assertThat(parsed(SALE)).isEqualTo(TRANSACTION);
  }

  @Test
  void parsesARecordInASharedArray() throws Rejection {
    byte[] record = utf8(SALE);
    byte[] shared = utf8("[[[" + SALE + "]]]");

    Payload payload = new Payload("f:", 3, shared, 3, record.length, record.length);

    assertThat(parser().parse(payload)).isEqualTo(ParsedRecord.of(TRANSACTION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-7",
        "1107316",
        "1234567890123456789012345678901234567890",
        "-1234567890123456789012345678901234567890"
      })
  void keepsIntegerIdsAsWritten(String id) throws Rejection {
    Transaction transaction = parsed(SALE.replace("': 1,", "': " + id + ","));

    assertThat(transaction.id()).isEqualTo(Id.ofInteger(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "007", "a b", "ıİ", "日本", "🛒", "null"})
  void keepsStringIdsAsWritten(String id) throws Rejection {
    Transaction transaction = parsed(SALE.replace("': 1,", "': '" + id + "',"));

    assertThat(transaction.id()).isEqualTo(Id.ofString(id));
  }

  @Test
  void decodesEscapes() throws Rejection {
    Transaction transaction =
        parsed(
            SALE.replace("transaction_id", "transaction\\u005fid")
                .replace("': 1,", "': '\\u0041\\n\\\\\\ud83d\\uded2',"));

    assertThat(transaction.id()).isEqualTo(Id.ofString("A\n\\🛒"));
  }

  @Test
  void acceptsANullOrMissingCustomer() throws Rejection {
    assertThat(parsed(SALE.replace("': 2,", "': null,")).customer()).isNull();
    assertThat(parsed(SALE.replace("'customer_id': 2,", "")).customer()).isNull();
  }

  @Test
  void acceptsEmptyLineItems() throws Rejection {
    Transaction transaction = parsed(SALE.replace("{'item_id': 3, 'quantity': 4}", ""));

    assertThat(transaction.lineItems()).isEmpty();
  }

  @Test
  void keepsTheOrderOfLineItems() throws Rejection {
    Transaction transaction =
        parsed(
            SALE.replace(
                "4}]", "4}, {'quantity': -1, 'item_id': '3'}, {'item_id': 3, 'quantity': -0}]"));

    assertThat(transaction.lineItems())
        .containsExactly(
            LineItem.of(Id.ofInteger(3), 4),
            LineItem.of(Id.ofString("3"), -1),
            LineItem.of(Id.ofInteger(3), 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {9007199254740991L, -9007199254740991L, 0, -1})
  void acceptsQuantitiesThatAreExactInAllJsonParsers(long quantity) throws Rejection {
    Transaction transaction = parsed(SALE.replace("'quantity': 4", "'quantity': " + quantity));

    assertThat(transaction.lineItems()).containsExactly(LineItem.of(Id.ofInteger(3), quantity));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "1.0, 1",
        "-1.0, -1",
        "1e2, 100",
        "10e-1, 1",
        "-0.0, 0",
        "0e99, 0",
        "'2', 2",
        "'2.0', 2",
        "'-2e1', -20",
        "9007199254740991.000, 9007199254740991"
      })
  void acceptsIntegersInAnyNotationAsQuantities(String written, long quantity) throws Rejection {
    Transaction transaction = parsed(SALE.replace("'quantity': 4", "'quantity': " + written));

    assertThat(transaction.lineItems()).containsExactly(LineItem.of(Id.ofInteger(3), quantity));
  }

  @ParameterizedTest
  @CsvSource({"17850.0, 17850", "1e3, 1000", "-0.0, 0", "1e22, 10000000000000000000000"})
  void acceptsIntegersInAnyNotationAsIds(String written, String digits) throws Rejection {
    Transaction transaction = parsed(SALE.replace("'customer_id': 2", "'customer_id': " + written));

    assertThat(transaction.customer()).isEqualTo(Id.ofInteger(digits));
  }

  @Test
  void acceptsNullAsAnEmptyListOfLineItems() throws Rejection {
    Transaction transaction = parsed(SALE.replace("[{'item_id': 3, 'quantity': 4}]", "null"));

    assertThat(transaction.lineItems()).isEmpty();
  }

  @Test
  void ignoresUnknownFields() throws Rejection {
    assertThat(
            parsed(SALE.replaceFirst("\\{", "{'store': {'line_items': [[1.5, null]]}, 'x': [],")))
        .isEqualTo(TRANSACTION);
    assertThat(parsed(SALE.replace("4}", "4, 'price': {'quantity': 'x', 'item_id': null}}")))
        .isEqualTo(TRANSACTION);
  }

  @Test
  void acceptsFieldsInAnyOrder() throws Rejection {
    Transaction transaction =
        parsed(
            "{'line_items': [{'quantity': 4, 'item_id': 3}], 'timestamp': '2023-01-02T09:00',"
                + " 'customer_id': 2, 'transaction_id': 1}");

    assertThat(transaction).isEqualTo(TRANSACTION);
  }

  @Test
  void usesTheLastValueOfARepeatedField() throws Rejection {
    assertThat(parsed("{'transaction_id': 9, " + SALE.substring(1))).isEqualTo(TRANSACTION);
    assertThat(parsed("{'customer_id': 9, " + SALE.substring(1))).isEqualTo(TRANSACTION);
    assertThat(parsed("{'timestamp': '1999-01-01 00:00', " + SALE.substring(1)))
        .isEqualTo(TRANSACTION);
    assertThat(parsed("{'line_items': [], " + SALE.substring(1))).isEqualTo(TRANSACTION);
    assertThat(parsed(SALE.replace("{'item_id'", "{'quantity': 9, 'item_id': 9, 'item_id'")))
        .isEqualTo(TRANSACTION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF%s", "%s\r", "%s \t\r\n", " \t%s", "\uFEFF %s\r"})
  void ignoresAByteOrderMarkAndWhiteSpace(String form) throws Rejection {
    assertThat(parsed(form.replace("%s", SALE))).isEqualTo(TRANSACTION);
  }

  @Test
  void skipsDeepAndLongValuesOfUnknownFields() throws Rejection {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String digits = "7".repeat(100_000);

    assertThat(parsed("{'deep': " + deep + ", 'digits': " + digits + "," + SALE.substring(1)))
        .isEqualTo(TRANSACTION);
  }

  @Test
  void parsesARecordOfExactlyOneMebibyte() throws Rejection {
    assertThat(parsed(SALE + " ".repeat(Payload.MAX_SIZE - SALE.length()))).isEqualTo(TRANSACTION);
  }

  private static Transaction parsed(String json) throws Rejection {
    return parser().parse(Payload.of("f:", 0, utf8(json))).transaction();
  }

  private static TransactionParser parser() {
    return new TransactionParser(
        RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
  }

  private static byte[] utf8(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}

package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.MALFORMED_JSON;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.parse.Rejections.SALE;
import static fortnight.transforms.parse.Rejections.assertRejected;
import static fortnight.transforms.parse.Rejections.json;
import static fortnight.transforms.parse.Rejections.rejection;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedTransactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{]",
        "{,}",
        "{'a' 1}",
        "{'a': 007}",
        "{'a': NaN}",
        "{'a': 1,}",
        "{a: 1}",
        "{'a': +1}",
        "{'a': '\\x'}",
        "{'a': '\t'}",
        "{'a': tRue}",
        "{'a': tru",
        "{'a': 1,"
      })
  void rejectsInvalidJson(String record) {
    Rejection rejection = rejection(record);

    assertThat(rejection.reason()).isEqualTo(MALFORMED_JSON);
    assertThat(rejection).hasMessageStartingWith("record: not JSON at byte ");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "{'a': NaN}; Non-standard token 'NaN'",
        "{'a': -INF}; Non-standard token '-INF'",
        "{'a': +1}; numeric value: JSON spec does not allow numbers to have plus signs",
        "{'a': 1} // b; Unexpected character ('/' (code 47))",
        "{'a': [}; Unexpected close marker '}': expected ']'",
        "{'a': .5}; Unexpected character ('.' (code 46))",
      })
  void doesNotMentionSettingsOrClassesOfTheJsonLibrary(String record, String part) {
    assertThat(rejection(record))
        .hasMessageContaining(part.replace('\'', '"').replace("\"", "'"))
        .hasMessageNotContainingAny("Feature", "[Source", "enable", "comment", "fasterxml");
  }

  @Test
  void givesAdviceForCommonEnvelopes() {
    assertRejected(
        "\0\0\0\0\5" + SALE,
        MALFORMED_JSON,
        "record: begins with the five bytes of a schema registry; write plain JSON, with a"
            + " serializer that registers no schema");
    assertRejected(
        "{'schema': {'type': 'struct'}, 'payload': " + SALE + "}",
        MISSING_FIELD,
        "transaction_id: missing; the record is wrapped in schema and payload: set"
            + " schemas.enable=false in Kafka Connect's JSON converter");
    assertRejected(
        "{'before': null, 'after': " + SALE + ", 'op': 'c'}",
        MISSING_FIELD,
        "transaction_id: missing; the record is wrapped in before and after, as Debezium writes"
            + " changes: unwrap it with the transform ExtractNewRecordState");
    assertThat(rejection("'{\\'transaction_id\\': 1}'"))
        .hasMessageEndingWith(
            " is not a JSON object; it is a string that holds JSON: write the object without"
                + " quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{'a'", "{'a':", "{'a': [", "{'a': 'x", "{'a': 1"})
  void rejectsTruncatedJson(String record) {
    assertRejected(record, MALFORMED_JSON, "record: not JSON, it ends unfinished");
  }

  @Test
  void rejectsEveryPrefixOfARecord() {
    for (int length = 1; length < SALE.length(); length++) {
      assertThat(rejection(SALE.substring(0, length)).reason()).isEqualTo(MALFORMED_JSON);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "[]", "'x'"})
  void rejectsASecondValue(String second) {
    assertRejected(
        SALE + " " + second, MALFORMED_JSON, "record: more follows after the JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "[], an array",
        "[{}], an array",
        "1, 1",
        "null, null",
        "true, true",
        "'x', \"x\"",
        "||, nothing"
      })
  void rejectsValuesOtherThanObjects(String record, String shown) {
    assertRejected(record, MALFORMED_JSON, "record: " + shown + " is not a JSON object");
  }

  @Test
  void rejectsInvalidUtf8() {
    byte[] latin1 = json(SALE.replace("': 1,", "': 'ü',"), ISO_8859_1);
    byte[] overlong = json(SALE.replace("': 1,", "': '\u00c0\u00af',"), ISO_8859_1);
    byte[] surrogate = json(SALE.replace("': 1,", "': '\u00ed\u00a0\u00bd',"), ISO_8859_1);

    assertRejected(latin1, MALFORMED_JSON, "record: not UTF-8");
    assertRejected(overlong, MALFORMED_JSON, "record: not UTF-8");
    assertRejected(surrogate, MALFORMED_JSON, "record: not UTF-8");
  }

  @Test
  void doesNotReportAnEncodingErrorForAWellFormedCharacter() {
    Rejection rejection = rejection("\ud836\udc00");

    assertThat(rejection.reason()).isEqualTo(MALFORMED_JSON);
    assertThat(rejection).hasMessageEndingWith("unexpected character");
  }

  @Test
  void formatsAnUnpairedSurrogateAsAnEscape() {
    Rejection rejection = rejection(SALE.replace("2023-01-02T09:00", "2023\\ud800"));

    assertThat(rejection)
        .hasMessage(
            "timestamp: \"2023\\ud800\" is not a calendar date and time; use ISO 8601, such as"
                + " 2023-01-03T05:59:40.799Z");
  }

  @Test
  void rejectsUtf16() {
    String message = "record: not JSON in UTF-8, it holds zero bytes";

    assertRejected(json(SALE, UTF_16LE), MALFORMED_JSON, message);
    assertRejected(json(SALE, UTF_16BE), MALFORMED_JSON, message);
    assertRejected(json("\uFEFF" + SALE, UTF_16LE), MALFORMED_JSON, "record: not UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "'line_items': []; 'line_items': {}; line_items: an object is not an array",
        "'line_items': []; 'line_items': 'x'; line_items: \"x\" is not an array",
        "[]; [1]; line_items[0]: 1 is not an object",
        "[]; [{'item_id':1,'quantity':1},[]]; line_items[1]: an array is not an object",
        "[]; [null]; line_items[0]: null is not an object"
      })
  void rejectsLineItemsOfTheWrongType(String part, String instead, String message) {
    String empty = SALE.replace("{'item_id': 3, 'quantity': 4}", "");

    assertRejected(empty.replace(part, instead), MALFORMED_JSON, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'transaction_id': true",
        "{'transaction_id': 1.5} x",
        "{'timestamp': 1, 'line_items': [}"
      })
  void reportsMalformedJsonBeforeOtherFaults(String record) {
    assertThat(rejection(record).reason()).isEqualTo(MALFORMED_JSON);
  }
}

package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.BAD_TIMESTAMP;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.RejectReason.TIMESTAMP_OUT_OF_RANGE;
import static fortnight.transforms.RejectReason.TOO_LARGE;
import static fortnight.transforms.parse.Rejections.SALE;
import static fortnight.transforms.parse.Rejections.assertRejected;
import static fortnight.transforms.parse.Rejections.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionRejectionTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "'transaction_id': 1,; transaction_id",
        "'timestamp': '2023-01-02T09:00',; timestamp",
        "'item_id': 3,; line_items[0].item_id",
        "|, 'quantity': 4|; line_items[0].quantity",
        "|, 'line_items': [{'item_id': 3, 'quantity': 4}]|; line_items"
      })
  void rejectsARecordWithoutARequiredField(String field, String path) {
    assertRejected(SALE.replace(field, ""), MISSING_FIELD, path + ": missing");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "1.5, 1.5",
        "1e-3, 1e-3",
        "1e1000, 1e1000",
        "1e999999999, 1e999999999",
        "1e99999999999, 1e99999999999",
        "100e2147483647, 100e2147483647",
        "true, true",
        "null, null",
        "{'a': 1}, an object",
        "[1], an array"
      })
  void rejectsIdsThatAreNeitherStringNorInteger(String id, String shown) {
    String fault = shown + " is neither a string nor an integer";

    assertRejected(SALE.replace("': 1,", "': " + id + ","), BAD_ID, "transaction_id: " + fault);
    assertRejected(
        SALE.replace("': 3,", "': " + id + ","), BAD_ID, "line_items[0].item_id: " + fault);
    if (!id.equals("null")) {
      assertRejected(SALE.replace("': 2,", "': " + id + ","), BAD_ID, "customer_id: " + fault);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\uded2", "\\uded2\\ud83d", "a\\ud83db", "🛒\\ud83d"})
  void rejectsIdsThatUtf8CannotRepresent(String id) {
    Rejection rejection = rejection(SALE.replace("': 1,", "': '" + id + "',"));

    assertThat(rejection.reason()).isEqualTo(BAD_ID);
    assertThat(rejection)
        .hasMessageStartingWith("transaction_id: \"")
        .hasMessageEndingWith("\" has half of a surrogate pair, which UTF-8 cannot represent");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "1.5, 1.5 is not an integer",
        "10.01, 10.01 is not an integer",
        "1e-1, 1e-1 is not an integer",
        "1e99999999999, 1e99999999999 is not an integer",
        "100e2147483647, 100e2147483647 is not an integer",
        "'100e2147483647', \"100e2147483647\" is not an integer",
        "1e-2147483648, 1e-2147483648 is not an integer",
        "'3.5', \"3.5\" is not an integer",
        "'three', \"three\" is not an integer",
        "'', \"\" is not an integer",
        "' 3', \" 3\" is not an integer",
        "'+3', \"+3\" is not an integer",
        "'03', \"03\" is not an integer",
        "'NaN', \"NaN\" is not an integer",
        "'0x3', \"0x3\" is not an integer",
        "null, null is not an integer",
        "[], an array is not an integer",
        "9007199254740992, 9007199254740992 is beyond ±9007199254740991",
        "-9007199254740992, -9007199254740992 is beyond ±9007199254740991",
        "1e400, 1e400 is beyond ±9007199254740991",
        "1e999999999, 1e999999999 is beyond ±9007199254740991",
        "9007199254740992.0, 9007199254740992.0 is beyond ±9007199254740991",
        "'9007199254740992', \"9007199254740992\" is beyond ±9007199254740991",
        "12345678901234567890, 12345678901234567890 is beyond ±9007199254740991",
      })
  void rejectsInvalidQuantities(String quantity, String fault) {
    assertRejected(
        SALE.replace("'quantity': 4", "'quantity': " + quantity),
        BAD_QUANTITY,
        "line_items[0].quantity: " + fault);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "null, null is not a string with a date and time",
        "{'$date': '2023-01-02T09:00Z'}, an object is not a string with a date and time",
        "'yesterday', \"yesterday\" is not a calendar date and time",
      })
  void rejectsInvalidTimestamps(String timestamp, String fault) {
    assertRejected(
        SALE.replace("'2023-01-02T09:00'", timestamp),
        BAD_TIMESTAMP,
        "timestamp: " + fault + "; use ISO 8601, such as 2023-01-03T05:59:40.799Z");
  }

  @Test
  void rejectsTimestampsOutOfRange() {
    assertRejected(
        SALE.replace("2023", "1970"),
        TIMESTAMP_OUT_OF_RANGE,
        "timestamp: \"1970-01-02T09:00\" is outside the years 1971 to 9999");
  }

  @Test
  void rejectsARecordLargerThanOneMebibyte() {
    assertRejected(
        SALE + " ".repeat(Payload.MAX_SIZE + 1 - SALE.length()),
        TOO_LARGE,
        "record: 1048577 bytes, more than 1048576");
  }

  @Test
  void truncatesLongValuesTo100Characters() {
    String digits = "12345678901234567890".repeat(6);

    assertRejected(
        SALE.replace("'quantity': 4", "'quantity': " + digits),
        BAD_QUANTITY,
        "line_items[0].quantity: " + digits.substring(0, 100) + "… is beyond ±9007199254740991");
  }

  @Test
  void reportsTheFirstOfSeveralFaults() {
    String twice = SALE.replace("': 1,", "': true,").replace("'quantity': 4", "'quantity': 1.5");

    assertThat(rejection(twice).reason()).isEqualTo(BAD_ID);
  }
}

package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_PRICE;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.MALFORMED_JSON;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.parse.Purchases.FORMAT;
import static fortnight.transforms.parse.Purchases.assertRejected;
import static fortnight.transforms.parse.Purchases.withPrice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rejects prices, amounts and currencies that are none. In records, ' represents ". */
class AmountRejectionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'12,50' | \"12,50\" is not a decimal",
        "'' | \"\" is not a decimal",
        "' 1' | \" 1\" is not a decimal",
        "'1.' | \"1.\" is not a decimal",
        "'.5' | \".5\" is not a decimal",
        "'01' | \"01\" is not a decimal",
        "'+1' | \"+1\" is not a decimal",
        "'1_000' | \"1_000\" is not a decimal",
        "'€1' | \"€1\" is not a decimal",
        "'0x10' | \"0x10\" is not a decimal",
        "'١' | \"١\" is not a decimal",
        "'-' | \"-\" is not a decimal",
        "'NaN' | \"NaN\" is not a decimal",
        "'Infinity' | \"Infinity\" is not a decimal",
        "'1e' | \"1e\" is not a decimal",
        "1e99999999999 | 1e99999999999 is not a decimal",
        "null | null is not a decimal",
        "true | true is not a decimal",
        "{} | an object is not a decimal",
        "[1] | an array is not a decimal",
        "-1 | -1 is negative",
        "'-0.01' | \"-0.01\" is negative",
        "-1e400 | -1e400 is negative",
        "1.234 | 1.234 has more than 2 decimals, the limit of priceDecimals",
        "'0.001' | \"0.001\" has more than 2 decimals, the limit of priceDecimals",
        "1e-400 | 1e-400 has more than 2 decimals, the limit of priceDecimals",
        "1e400 | 1e400 is beyond ±90071992547409.91",
        "'1e400' | \"1e400\" is beyond ±90071992547409.91",
        "90071992547409.92 | 90071992547409.92 is beyond ±90071992547409.91",
        "9999999999999999999999 | 9999999999999999999999 is beyond ±90071992547409.91"
      })
  void rejectsAPrice(String price, String message) {
    assertRejected(FORMAT, withPrice(price), BAD_PRICE, "lines[0].price: " + message);
    assertRejected(
        FORMAT, withPrice(price + ", 'price': 1"), BAD_PRICE, "lines[0].price: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'x' | \"x\" is not a decimal",
        "-1.005 | -1.005 has more than 2 decimals, the limit of priceDecimals",
        "-1e400 | -1e400 is beyond ±90071992547409.91"
      })
  void rejectsAnAmount(String amount, String message) {
    assertRejected(
        "id=none,time=ts,item=\"a\",amount=total",
        "{'ts': '2023-01-02T09:00', 'total': " + amount + "}",
        BAD_PRICE,
        "total: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "1.2345 | 1.2345 has more than 3 decimals, the limit of quantityDecimals",
        "'1,5' | \"1,5\" is not a decimal",
        "'' | \"\" is not a decimal",
        "null | null is not a decimal",
        "1e400 | 1e400 is beyond ±9007199254740.991"
      })
  void rejectsAQuantityWithDecimals(String quantity, String message) {
    assertRejected(
        "id=none,time=ts,item=\"a\",price=\"1\",quantity=n,quantityDecimals=3",
        "{'ts': '2023-01-02T09:00', 'n': " + quantity + "}",
        BAD_QUANTITY,
        "n: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'' | \"\" is not a currency, such as EUR",
        "null | null is not a currency, such as EUR",
        "978 | 978 is not a currency, such as EUR",
        "true | true is not a currency, such as EUR",
        "{} | an object is not a currency, such as EUR",
        "'the text of a remark, not a currency'"
            + " | \"the text of a remark, not a currency\" is not a currency, such as EUR",
        "['EUR'] | an array is not a currency, such as EUR",
        "'\\ud83d' | \"\\ud83d\" has half of a surrogate pair, which UTF-8 cannot represent"
      })
  void rejectsACurrency(String currency, String message) {
    assertRejected(FORMAT, withPrice("1").replace("'EUR'", currency), BAD_PRICE, "cur: " + message);
  }

  @Test
  void rejectsNumbersThatAreNotJson() {
    assertRejected(
        FORMAT,
        withPrice("NaN"),
        MALFORMED_JSON,
        "record: not JSON at byte 103: Non-standard token 'NaN'");
  }

  @Test
  void rejectsRecordsWithoutAPriceOrACurrency() {
    assertRejected(
        FORMAT, Purchases.of("'cur': 'EUR'", "'cat': 1"), MISSING_FIELD, "lines[0].price: missing");
    assertRejected(FORMAT, Purchases.of("'store': 1", "'price': 1"), MISSING_FIELD, "cur: missing");
  }

  @Test
  void reportsTheFirstFault() {
    assertRejected(
        FORMAT,
        Purchases.of("'cur': 5", "'price': 'x', 'n': 'x'"),
        BAD_PRICE,
        "cur: 5 is not a currency, such as EUR");
    assertRejected(
        FORMAT,
        withPrice("1}, {'sku': 8, 'n': 1, 'price': -5"),
        BAD_PRICE,
        "lines[1].price: -5 is negative");
  }
}

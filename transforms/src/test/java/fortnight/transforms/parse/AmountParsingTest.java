package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_PRICE;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.Sales.at;
import static fortnight.transforms.parse.Purchases.FORMAT;
import static fortnight.transforms.parse.Purchases.assertRejected;
import static fortnight.transforms.parse.Purchases.isFast;
import static fortnight.transforms.parse.Purchases.lineItem;
import static fortnight.transforms.parse.Purchases.parsed;
import static fortnight.transforms.parse.Purchases.withPrice;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parses prices, amounts, currencies and dimensions. In records, ' represents ". */
class AmountParsingTest {
  /** One line item, whose price and quantity follow. */
  private static final String FLAT = "id=none,time=ts,item=\"a\"";

  @Test
  void hasAnAmountACurrencyAndDimensions() throws Rejection {
    Transaction expected =
        new Transaction(
            Id.ofInteger(1),
            null,
            at("2023-01-02T09:00"),
            List.of(LineItem.of(Id.ofInteger(7), 2, Int128.of(2500), List.of(Id.ofString("tea")))),
            "EUR",
            List.of(Id.ofInteger(5)));

    assertThat(parsed(FORMAT, withPrice("12.50"))).isEqualTo(expected);
    assertThat(isFast(FORMAT, withPrice("12.50"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "12.5 | 2500 | true",
        "'12.50' | 2500 | true",
        "12 | 2400 | true",
        "0 | 0 | true",
        "'0.01' | 2 | true",
        "9999999999999.99 | 1999999999999998 | true",
        "-0 | 0 | true",
        "'-0.00' | 0 | true",
        "12.500 | 2500 | false",
        "1.25e1 | 2500 | false",
        "'1250E-2' | 2500 | false",
        "0e400 | 0 | false",
        "90071992547409.91 | 18014398509481982 | false"
      })
  void multipliesAPriceByTheQuantity(String price, long amount, boolean isFast) throws Rejection {
    assertThat(lineItem(FORMAT, withPrice(price)).amount()).isEqualTo(Int128.of(amount));
    assertThat(isFast(FORMAT, withPrice(price))).isEqualTo(isFast);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "'n': -3, 1.25, -375",
        "'n': 0, 1.25, 0",
        "'n': '-1', 0.01, -1",
        "'n': 9007199254740991, 0.01, 9007199254740991"
      })
  void subtractsReturns(String quantity, String price, long amount) throws Rejection {
    String record = withPrice(price).replace("'n': 2", quantity);

    assertThat(lineItem(FORMAT, record).amount()).isEqualTo(Int128.of(amount));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "1.5, 10, 15000, 1500000000",
        "0.001, 0.0001, 10, 10",
        "-2.125, 3.3, -21250, -701250000",
        "'2.1250', '3.3', 21250, 701250000"
      })
  void countsQuantitiesWithDecimals(String n, String price, long quantity, long amount)
      throws Rejection {
    String format = FLAT + ",quantity=n,quantityDecimals=4,price=p,priceDecimals=4";
    String record = "{'ts': '2023-01-02T09:00', 'n': %s, 'p': %s}".formatted(n, price);

    assertThat(lineItem(format, record))
        .isEqualTo(LineItem.of(Id.ofString("a"), quantity, Int128.of(amount), List.of()));
    assertThat(isFast(format, record)).isTrue();
  }

  @Test
  void doesNotMultiplyTheAmountOfALineItem() throws Rejection {
    String format = FLAT + ",quantity=n,quantityDecimals=3,amount=total";
    String sale = "{'ts': '2023-01-02T09:00', 'n': 0.750, 'total': 12.5}";
    String refund = "{'ts': '2023-01-02T09:00', 'n': -1, 'total': '-0.01'}";

    assertThat(lineItem(format, sale).amount()).isEqualTo(Int128.of(1_250_000));
    assertThat(lineItem(format, refund).amount()).isEqualTo(Int128.of(-1_000));
    assertThat(isFast(format, sale) && isFast(format, refund)).isTrue();
  }

  @Test
  void usesPricesInMinorUnits() throws Rejection {
    String format = FLAT + ",quantity=n,price=p,priceUnit=minor";

    assertThat(lineItem(format, "{'ts': '2023-01-02T09:00', 'n': 2, 'p': 1250}").amount())
        .isEqualTo(Int128.of(2500));
    assertThat(lineItem(format, "{'ts': '2023-01-02T09:00', 'n': 2, 'p': 1250.0}").amount())
        .isEqualTo(Int128.of(2500));
    assertRejected(
        format,
        "{'ts': '2023-01-02T09:00', 'n': 2, 'p': 12.5}",
        BAD_PRICE,
        "p: 12.5 is not an integer, and priceUnit is minor");
    assertRejected(
        format,
        "{'ts': '2023-01-02T09:00', 'n': 2, 'p': 9007199254740992}",
        BAD_PRICE,
        "p: 9007199254740992 is beyond ±9007199254740991");
  }

  @Test
  void usesConstants() throws Rejection {
    String format =
        FLAT + ",quantity=\"1.5\",quantityDecimals=1,price=\"2.5\",currency=\"EUR\",by.shop=\"x\"";
    Transaction expected =
        new Transaction(
            RecordFormat.NO_ID,
            null,
            at("2023-01-02T09:00"),
            List.of(LineItem.of(Id.ofString("a"), 15, Int128.of(3750), List.of())),
            "EUR",
            List.of(Id.ofString("x")));

    assertThat(parsed(format, "{'ts': '2023-01-02T09:00'}")).isEqualTo(expected);
    assertThat(isFast(format, "{'ts': '2023-01-02T09:00'}")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10000000000000, 100000000000000, 1000000000000000000000000000",
    "10000000000000, -100000000000000, -1000000000000000000000000000"
  })
  void isExactUpToTheLimit(long price, long quantity, BigInteger amount) throws Rejection {
    String format = FLAT + ",quantity=n,price=p,priceDecimals=0";
    String record = "{'ts': '2023-01-02T09:00', 'n': %d, 'p': %d}";

    assertThat(lineItem(format, record.formatted(quantity, price)).amount().toBigInteger())
        .isEqualTo(amount);
    assertRejected(
        format,
        record.formatted(quantity + Long.signum(quantity), price),
        BAD_PRICE,
        "p: %d times %d is beyond 10^27 units of the last decimal"
            .formatted(price, quantity + Long.signum(quantity)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'store': 5 | 5",
        "'store': '5' | \"5\"",
        "'store': 5.0 | 5",
        "'store': '' | \"\"",
        "'store': 'null' | \"null\"",
        "'store': '\\u00e9' | \"é\"",
        "'store': null | null",
        "'x': 1 | null",
        "'store': 1, 'store': null | null",
        "'store': null, 'store': 1 | 1"
      })
  void hasADimensionOfTheRecord(String field, String expected) throws Rejection {
    String record = Purchases.of("'cur': 'EUR', " + field, "'price': 1");

    assertThat(parsed(FORMAT, record).dimensions()).containsExactly(id(expected));
    assertThat(lineItem(FORMAT, record).dimensions()).containsExactly(Id.NULL);
  }

  @Test
  void hasADimensionOfEachLineItem() throws Rejection {
    String record =
        Purchases.of(
            "'cur': 'EUR'",
            "'price': 1, 'cat': 'tea'}, {'sku': 8, 'n': 1, 'price': 2},"
                + " {'sku': 9, 'n': 1, 'price': 2, 'cat': 7");

    assertThat(parsed(FORMAT, record).lineItems())
        .extracting(item -> item.dimensions().get(0))
        .containsExactly(Id.ofString("tea"), Id.NULL, Id.ofInteger(7));
    assertThat(isFast(FORMAT, record)).isTrue();
  }

  private static Id id(String json) {
    if (json.equals("null")) {
      return Id.NULL;
    }
    return json.startsWith("\"")
        ? Id.ofString(json.substring(1, json.length() - 1))
        : Id.ofInteger(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'store': 1.5 | store: 1.5 is neither a string nor an integer",
        "'store': true | store: true is neither a string nor an integer",
        "'store': {} | store: an object is neither a string nor an integer",
        "'store': [], 'store': 1 | store: an array is neither a string nor an integer",
        "'store': '\\ud83d' | store: \"\\ud83d\" has half of a surrogate pair, which UTF-8 cannot"
            + " represent"
      })
  void rejectsOtherValuesOfADimension(String field, String message) {
    assertRejected(FORMAT, Purchases.of("'cur': 'EUR', " + field, "'price': 1"), BAD_ID, message);
  }

  @Test
  void rejectsOtherValuesOfADimensionOfALineItem() {
    assertRejected(
        FORMAT,
        Purchases.of("'cur': 'EUR'", "'price': 1, 'cat': false"),
        BAD_ID,
        "lines[0].cat: false is neither a string nor an integer");
  }

  @Test
  void usesTheLastOfRepeatedFields() throws Rejection {
    String flat = FLAT + ",price=p.v,currency=p.cur,by.store=p.store";
    String full = "'p': {'v': 3, 'cur': 'EUR', 'store': 1}";

    assertThat(lineItem(FORMAT, withPrice("1, 'price': 2")).amount()).isEqualTo(Int128.of(400));
    assertThat(parsed(FORMAT, withPrice("1, 'price': 2").replace("'EUR'", "'EUR', 'cur': 'USD'")))
        .extracting(Transaction::currency)
        .isEqualTo("USD");
    assertThat(lineItem(flat, "{'ts': '2023-01-02T09:00', 'p': {}, " + full + "}").amount())
        .isEqualTo(Int128.of(300));
    assertRejected(
        flat, "{'ts': '2023-01-02T09:00', " + full + ", 'p': {}}", MISSING_FIELD, "p.v: missing");
    assertRejected(
        flat,
        "{'ts': '2023-01-02T09:00', " + full + ", 'p': {'v': 1}}",
        MISSING_FIELD,
        "p.cur: missing");
    assertThat(
            parsed(flat, "{'ts': '2023-01-02T09:00', " + full + ", 'p': {'v': 1, 'cur': 'USD'}}")
                .dimensions())
        .containsExactly(Id.NULL);
  }
}

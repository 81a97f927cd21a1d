package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_PRICE;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.parse.AvroMessages.message;
import static fortnight.transforms.parse.AvroMessages.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts and dimensions are the same in JSON, CSV and Avro. */
class AmountEncodingsTest {
  private static final String FIELDS =
      "id=none,time=ts,item=\"a\",quantity=n,price=p,currency=cur,by.store=store,by.shop=\"x\"";
  private static final String CSV = FIELDS + ",records=csv,header=[ts, n, p, cur, store]";
  private static final String DECIMAL_COMMA = CSV + ",delimiter=;,decimalComma=true";

  @Test
  void aRowHasAnAmountACurrencyAndDimensions() throws Rejection {
    Transaction row = row(CSV, "2023-01-02T09:00,2,12.50,EUR,5");

    assertThat(row.lineItems())
        .containsExactly(LineItem.of(Id.ofString("a"), 2, Int128.of(2500), List.of()));
    assertThat(row.currency()).isEqualTo("EUR");
    assertThat(row.dimensions()).containsExactly(Id.ofString("5"), Id.ofString("x"));
  }

  @Test
  void anEmptyFieldIsMissing() throws Rejection {
    assertThat(row(CSV, "2023-01-02T09:00,2,12.50,EUR,").dimensions())
        .containsExactly(Id.NULL, Id.ofString("x"));
    assertRejected(CSV, "2023-01-02T09:00,2,,EUR,5", MISSING_FIELD, "p: empty");
    assertRejected(CSV, "2023-01-02T09:00,2,1,'',5", MISSING_FIELD, "cur: empty");
    assertRejected(CSV, "2023-01-02T09:00,2,,,5", MISSING_FIELD, "p: empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12,50 | 2500",
        "12 | 2400",
        "1,25e1 | 2500",
        "0,01 | 2",
      })
  void aRowMayHaveADecimalComma(String price, long amount) throws Rejection {
    assertThat(row(DECIMAL_COMMA, "2023-01-02T09:00;2;" + price + ";EUR;5").lineItems().get(0))
        .extracting(LineItem::amount)
        .isEqualTo(Int128.of(amount));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "12.50 | \"12.50\" has a point, and numbers have a decimal comma",
        "1.250,00 | \"1.250,00\" has a point, and numbers have a decimal comma",
        "1,2,3 | \"1,2,3\" is not a decimal",
        "-1,00 | \"-1,00\" is negative",
        "1,234 | \"1,234\" has more than 2 decimals, the limit of priceDecimals",
        "NaN | \"NaN\" is not a decimal",
        "€ 5 | \"€ 5\" is not a decimal"
      })
  void rejectsThePriceOfARow(String price, String message) {
    assertRejected(
        DECIMAL_COMMA, "2023-01-02T09:00;2;" + price + ";EUR;5", BAD_PRICE, "p: " + message);
  }

  @Test
  void rejectsAnAmountOfARowThatIsTooLarge() {
    assertRejected(
        CSV,
        "2023-01-02T09:00,9007199254740991,90071992547409.91,EUR,5",
        BAD_PRICE,
        "p: 90071992547409.91 times 9007199254740991 is beyond 10^27 units of the last decimal");
  }

  /** Most texts are almost numbers. */
  @Test
  void textsMeanTheSameInJsonCsvAndAvro() {
    Random random = new Random(22);
    String characters = "0012.59-+eE, N";
    Schema text = schema("'string'");
    int accepted = 0;
    for (int run = 0; run < 4_000; run++) {
      StringBuilder number = new StringBuilder();
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        number.append(characters.charAt(random.nextInt(characters.length())));
      }
      String price = number.toString();
      String json = outcome(() -> json("'" + price + "'"));
      accepted += json.startsWith("-") || Character.isDigit(json.charAt(0)) ? 1 : 0;

      assertThat(outcome(() -> row(CSV, "2023-01-02T09:00,2,\"" + price + "\",EUR,5")))
          .isEqualTo(json);
      assertThat(outcome(() -> avro(text, price))).isEqualTo(json);
    }

    assertThat(accepted).isBetween(400, 3_600);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "12.5, 2500",
    "12.50, 2500",
    "0.01, 2",
    "90071992547409.91, 18014398509481982"
  })
  void anAvroDecimalIsExact(String price, long amount) throws Rejection {
    Schema bytes =
        schema("{'type': 'bytes', 'logicalType': 'decimal', 'precision': 20, 'scale': 4}");
    Schema fixed =
        schema(
            "{'type': 'fixed', 'name': 'F', 'size': 9, 'logicalType': 'decimal', 'precision': 20,"
                + " 'scale': 2}");

    assertThat(avro(bytes, decimal(bytes, price)).lineItems().get(0).amount())
        .isEqualTo(Int128.of(amount));
    assertThat(avro(fixed, decimal(fixed, price)).lineItems().get(0).amount())
        .isEqualTo(Int128.of(amount));
  }

  @Test
  void anAvroDecimalIsNotRounded() {
    Schema bytes =
        schema("{'type': 'bytes', 'logicalType': 'decimal', 'precision': 20, 'scale': 4}");

    assertRejected(
        bytes,
        decimal(bytes, "12.3450"),
        "p: 12.3450 has more than 2 decimals, the limit of priceDecimals");
    assertRejected(bytes, decimal(bytes, "-0.0100"), "p: -0.0100 is negative");
  }

  @Test
  void anAvroNumberIsThatOfJson() throws Rejection {
    assertThat(amount(schema("'double'"), 12.1)).isEqualTo(Int128.of(2420));
    assertThat(amount(schema("'double'"), 1e10)).isEqualTo(Int128.of(2_000_000_000_000L));
    assertThat(amount(schema("'float'"), 0.1f)).isEqualTo(Int128.of(20));
    assertThat(amount(schema("'long'"), 12L)).isEqualTo(Int128.of(2400));
    assertThat(amount(schema("'int'"), 12)).isEqualTo(Int128.of(2400));
    assertThat(amount(schema("['null', 'string']"), "12.1")).isEqualTo(Int128.of(2420));
    assertRejected(
        schema("'double'"),
        0.1 + 0.2,
        "p: 0.30000000000000004 has more than 2 decimals, the limit of priceDecimals");
    assertRejected(schema("'double'"), Double.NaN, "p: NaN is not a decimal");
    assertRejected(schema("'double'"), Double.POSITIVE_INFINITY, "p: Infinity is not a decimal");
    assertRejected(schema("'double'"), 1e300, "p: 1.0E300 is beyond ±90071992547409.91");
    assertRejected(schema("'boolean'"), true, "p: true is not a decimal");
  }

  private static Int128 amount(Schema schema, Object price) throws Rejection {
    return avro(schema, price).lineItems().get(0).amount();
  }

  private interface Parse {
    Transaction parse() throws Rejection;
  }

  /** Returns the amount, or the rejection. */
  private static String outcome(Parse parse) {
    try {
      return parse.parse().lineItems().get(0).amount().toString();
    } catch (Rejection e) {
      return e.reason() + " " + e.getMessage();
    }
  }

  private static Transaction json(String price) throws Rejection {
    return Purchases.parsed(
        FIELDS, "{'ts': '2023-01-02T09:00', 'n': 2, 'cur': 'EUR', 'store': 5, 'p': " + price + "}");
  }

  private static Transaction row(String format, String row) throws Rejection {
    return new TransactionParser(
            RecordFormat.parse(format), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE)
        .parse(Payload.of("f:", 0, row.replace('\'', '"').getBytes(UTF_8)))
        .transaction();
  }

  private static Transaction avro(Schema schema, Object price) throws Rejection {
    Map<String, ?> values =
        Map.of("ts", "2023-01-02T09:00", "n", 2, "cur", "EUR", "store", 5, "p", price);
    return AvroMessages.parser(RecordFormat.parse(FIELDS + ",records=avro"), schema)
        .parse(message(record(schema, values)))
        .transaction();
  }

  private static Object decimal(Schema schema, String text) {
    Schema type = schema.getField("p").schema();
    int scale = ((LogicalTypes.Decimal) type.getLogicalType()).getScale();
    BigDecimal value = new BigDecimal(text).setScale(scale);
    return type.getType() == Schema.Type.FIXED
        ? new Conversions.DecimalConversion().toFixed(value, type, type.getLogicalType())
        : new Conversions.DecimalConversion().toBytes(value, type, type.getLogicalType());
  }

  /** Returns the schema of records with a price of this type. */
  private static Schema schema(String price) {
    return AvroMessages.schema(
        "{'type': 'record', 'name': 'R', 'fields': [{'name': 'ts', 'type': 'string'},"
            + " {'name': 'n', 'type': 'int'}, {'name': 'cur', 'type': 'string'},"
            + " {'name': 'store', 'type': 'long'}, {'name': 'p', 'type': "
            + price
            + "}]}");
  }

  private static void assertRejected(Schema schema, Object price, String message) {
    Rejection rejection = catchThrowableOfType(Rejection.class, () -> avro(schema, price));

    assertThat(rejection).hasMessage(message);
    assertThat(rejection.reason()).isEqualTo(BAD_PRICE);
  }

  private static void assertRejected(
      String format, String row, RejectReason reason, String message) {
    Rejection rejection = catchThrowableOfType(Rejection.class, () -> row(format, row));

    assertThat(rejection).hasMessage(message);
    assertThat(rejection.reason()).isEqualTo(reason);
  }
}

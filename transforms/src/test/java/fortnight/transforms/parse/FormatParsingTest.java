package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.BAD_TIMESTAMP;
import static fortnight.transforms.RejectReason.MALFORMED_JSON;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.RejectReason.TIMESTAMP_OUT_OF_RANGE;
import static fortnight.transforms.Sales.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses records in formats of users. In records, ' represents ". */
class FormatParsingTest {
  private static final String ORDERS =
      "id=order.id,time=ts,customer=customer.id,item=order.lines[].product.sku,"
          + "quantity=order.lines[].qty";

  private static final String ORDER =
      "{'order': {'id': 7, 'lines': [{'product': {'sku': 'a', 'x': 1}, 'qty': '2'},"
          + " {'qty': 3, 'product': {'sku': 'b'}}]}, 'customer': {'id': 'c'},"
          + " 'ts': '2023-01-02T09:00Z'}";

  private static final Transaction TRANSACTION =
      new Transaction(
          Id.ofInteger(7),
          Id.ofString("c"),
          at("2023-01-02T09:00"),
          List.of(LineItem.of(Id.ofString("a"), 2), LineItem.of(Id.ofString("b"), 3)));

  @Test
  void findsNestedFields() throws Rejection {
    assertThat(parsed(ORDERS, ORDER)).isEqualTo(TRANSACTION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'id': null}", "null", "{'name': 'x'}"})
  void isAGuestWithoutACustomer(String customer) throws Rejection {
    assertThat(parsed(ORDERS, ORDER.replace("{'id': 'c'}", customer)).customer()).isNull();
  }

  @Test
  void usesTheLastOfRepeatedFields() throws Rejection {
    String twice = ORDER.replace("'customer':", "'customer': {'id': 5}, 'customer':");
    String emptied = ORDER.replace("'ts':", "'customer': {}, 'ts':");

    assertThat(parsed(ORDERS, twice)).isEqualTo(TRANSACTION);
    assertThat(parsed(ORDERS, emptied).customer()).isNull();
  }

  @Test
  void countsOneUnitWithoutAQuantity() throws Rejection {
    String format = "id=order.id,time=ts,item=order.lines[].product.sku";

    assertThat(parsed(format, ORDER).lineItems())
        .containsExactly(LineItem.of(Id.ofString("a"), 1), LineItem.of(Id.ofString("b"), 1));
  }

  @Test
  void hasOneLineItemWithoutAnArray() throws Rejection {
    Transaction expected =
        new Transaction(
            RecordFormat.NO_ID,
            null,
            at("2023-01-02T09:00"),
            List.of(LineItem.of(Id.ofString("a"), -2)));

    assertThat(
            parsed(
                "id=none,time=ts,item=sku,quantity=qty",
                "{'sku': 'a', 'qty': -2, 'ts': '2023-01-02T09:00'}"))
        .isEqualTo(expected);
    assertThat(parsed("id=none,time=ts,item=\"a\",quantity=\"-2\"", "{'ts': '2023-01-02T09:00'}"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "status = \"paid\" | 'status': 'paid' | true",
        "status = \"paid\" | 'status': 'p\\u0061id' | true",
        "status = \"paid\" | 'status': 'open' | false",
        "status = \"paid\" | 'status': null | false",
        "status = \"paid\" | 'status': {} | false",
        "status = \"paid\" | 'other': 1 | false",
        "status != \"paid\" | 'other': 1 | true",
        "a.b = true | 'a': {'b': true} | true",
        "a.b = true | 'a': {'b': 'true'} | false",
        "a.b != true | 'a': 5 | true",
        "n = 1 | 'n': 1.0 | true",
        "n = 1 | 'n': '1' | false",
        "n = null | 'n': null | true",
        "n = null | 'm': 1 | true",
        "event in [\"a\", \"b, c\"] | 'event': 'b, c' | true",
        "event in [\"a\", \"b, c\"] | 'event': 'c' | false"
      })
  void filtersByConditions(String condition, String field, boolean isIncluded) throws Rejection {
    String record = ORDER.replace("{'order'", "{" + field + ", 'order'");
    RecordFormat format = RecordFormat.parse(ORDERS + ",where=" + condition);

    assertThat(parse(format, record).isExcluded()).isEqualTo(!isIncluded);
  }

  @Test
  void filtersRecordsThatWouldBeRejected() throws Rejection {
    RecordFormat format = RecordFormat.parse(ORDERS + ",where=event = \"order\"");

    assertThat(parse(format, "{'event': 'page'}").timestamp()).isNull();
    assertThat(parse(format, "{'event': 'page', 'ts': 'soon'}").timestamp()).isNull();
    assertThat(parse(format, "{'event': 'page', 'order': 5}").isExcluded()).isTrue();
    assertThat(parse(format, "{'ts': '2023-01-02T09:00'}").timestamp())
        .isEqualTo(at("2023-01-02T09:00"));
    assertThat(rejection(format, "{'event': 'page',}").reason()).isEqualTo(MALFORMED_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "s | 1672650000 | 2023-01-02T09:00",
        "s | '1672650000' | 2023-01-02T09:00",
        "s | 1672650000.9999 | 2023-01-02T09:00:00.999",
        "s | 1.67265e9 | 2023-01-02T09:00",
        "ms | 1672650000001 | 2023-01-02T09:00:00.001",
        "us | '1672650000001999' | 2023-01-02T09:00:00.001",
        "ns | 1672650000001999999 | 2023-01-02T09:00:00.001"
      })
  void readsEpochs(String unit, String value, String time) throws Rejection {
    assertThat(parsed(ORDERS + ",timeUnit=" + unit, orderAt(value)).timestamp())
        .isEqualTo(at(time));
  }

  @Test
  void convertsEpochsToTheZoneOfTheBusiness() throws Rejection {
    RecordFormat format = RecordFormat.parse(ORDERS + ",timeUnit=s");
    TransactionParser berlin =
        new TransactionParser(format, EventTimes.in(ZoneId.of("Europe/Berlin")), FutureLimit.NONE);

    for (String time : List.of("1672650000", "1690000000", "1672650000", "1.67265e9")) {
      assertThat(berlin.parse(payload(orderAt(time))).timestamp())
          .isEqualTo(at(time.equals("1690000000") ? "2023-07-22T06:26:40" : "2023-01-02T10:00"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "M/d/yyyy H:mm | 1/2/2023 9:00 | 2023-01-02T09:00",
        "dd.MM.yy | 02.01.23 | 2023-01-02T00:00",
        "yyyy-MM-dd Z | 2023-01-02 +0200 | 2023-01-01T22:00",
        "d MMM uuuu h:mm a | 2 jan 2023 9:00 pm | 2023-01-02T21:00",
        "yyyy-MM-dd HH:mm:ssXXX | 2023-01-02 09:00:00+02:00 | 2023-01-02T07:00"
      })
  void readsTimesByAPattern(String pattern, String text, String time) throws Rejection {
    String format = ORDERS + ",timePattern='" + pattern + "'";

    assertThat(parsed(format, orderAt("'" + text + "'")).timestamp()).isEqualTo(at(time));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "timeUnit=s | 'soon' | ts: \"soon\" is not a number; use the seconds since 1970",
        "timeUnit=s | true | ts: true is neither a number nor a string with a number;"
            + " use the seconds since 1970",
        "timeUnit=ms | '' | ts: \"\" is not a number; use the milliseconds since 1970",
        "timePattern=d/M/yyyy | '30/2/2023' | ts: \"30/2/2023\" is not a calendar date and time;"
            + " use the pattern d/M/yyyy",
        "timePattern=d/M/yyyy | 5 | ts: 5 is not a string with a date and time;"
            + " use the pattern d/M/yyyy",
        "timePattern=d/M/yyyy | 1672653600 | ts: 1672653600 is not a string with a date and time;"
            + " if it is an epoch, set timeUnit: s in the format instead of timePattern",
        "where=x != 1 | 1672653600123 | ts: 1672653600123 is not a string with a date and time;"
            + " if it is an epoch, set timeUnit: ms in the format",
        "where=x != 1 | '1672653600123456' | ts: \"1672653600123456\" is not a calendar date and"
            + " time; if it is an epoch, set timeUnit: us in the format",
        "where=x != 1 | 1672653600.5 | ts: 1672653600.5 is not a string with a date and time;"
            + " if it is an epoch, set timeUnit: s in the format",
        "where=x != 1 | 20230102 | ts: 20230102 is not a string with a date and time;"
            + " use ISO 8601, such as 2023-01-03T05:59:40.799Z"
      })
  void rejectsOtherTimes(String notation, String value, String message) {
    assertRejected(ORDERS + "," + notation, orderAt(value), BAD_TIMESTAMP, message);
  }

  @ParameterizedTest
  @CsvSource({
    "s, 1672650000000, ms",
    "s, 1672650000000000, us",
    "ms, 1672650000, s",
    "ms, 1672650000000000000, ns",
    "ns, 1672650000.5, s",
    "s, -1,",
    "s, 5,",
    "ns, 1e400,",
    "s, 1e2147483647,",
    "s, 1e-2147483647,",
    "us, 99999999999999999999999999,"
  })
  void rejectsEpochsOfAnotherUnit(String unit, String value, String likelyUnit) {
    Rejection rejection =
        rejection(RecordFormat.parse(ORDERS + ",timeUnit=" + unit), orderAt(value));

    assertThat(rejection.reason()).isEqualTo(TIMESTAMP_OUT_OF_RANGE);
    assertThat(rejection)
        .hasMessage(
            "ts: %s is outside the years 1971 to 9999".formatted(value)
                + (likelyUnit == null
                    ? ""
                    : "; it has the size of an epoch in %1$s: set timeUnit: %1$s in the format"
                        .formatted(likelyUnit)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "yyyy-MM-dd'T'HH:mm:ssX | '+999999999-01-01T00:00:00Z'",
        "yyyy-MM-dd | '+584556072-04-04'"
      })
  void rejectsYearsOutOfRangeInAPattern(String pattern, String value) {
    RecordFormat format = RecordFormat.parse(ORDERS + ",timePattern=" + pattern);

    assertThat(rejection(format, orderAt(value)).reason()).isEqualTo(TIMESTAMP_OUT_OF_RANGE);
  }

  @Test
  void rejectsFlatRecordsWithoutAnItemOrQuantity() {
    assertRejected(
        "id=none,time=t,item=i", "{'t': '2023-01-02T09:00'}", MISSING_FIELD, "i: missing");
    assertRejected(
        "id=none,time=t,item=\"i\",quantity=q",
        "{'t': '2023-01-02T09:00'}",
        MISSING_FIELD,
        "q: missing");
    assertRejected(
        "id=none,time=t,item=i",
        "{'t': '2023-01-02T09:00', 'i': []}",
        BAD_ID,
        "i: an array is neither a string nor an integer");
  }

  @Test
  void namesThePathOfTheUser() {
    assertRejected(ORDERS, "{}", MISSING_FIELD, "order.id: missing");
    assertRejected(
        ORDERS, ORDER.replace("'lines'", "'line'"), MISSING_FIELD, "order.lines: missing");
    assertRejected(
        ORDERS,
        ORDER.replace("'b'", "true"),
        BAD_ID,
        "order.lines[1].product.sku: true is neither a string nor an integer");
    assertRejected(
        ORDERS,
        ORDER.replace("{'sku': 'b'}", "{}"),
        MISSING_FIELD,
        "order.lines[1].product.sku: missing");
    assertRejected(
        ORDERS,
        ORDER.replace("'2'", "'2.5'"),
        BAD_QUANTITY,
        "order.lines[0].qty: \"2.5\" is not an integer");
  }

  @Test
  void rejectsArraysAndObjectsWhereTheOtherIsExpected() {
    assertRejected(ORDERS, "{'order': []}", MALFORMED_JSON, "order: an array is not an object");
    assertRejected(
        ORDERS,
        "{'order': {'id': 1, 'lines': {}}}",
        MALFORMED_JSON,
        "order.lines: an object is not an array");
    assertRejected(
        ORDERS,
        "{'order': {'id': 1, 'lines': [[]]}}",
        MALFORMED_JSON,
        "order.lines[0]: an array is not an object");
    assertRejected(
        ORDERS,
        "{'order': {'id': [1]}}",
        BAD_ID,
        "order.id: an array is neither a string nor an integer");
  }

  private static String orderAt(String time) {
    return ORDER.replace("'2023-01-02T09:00Z'", time);
  }

  private static void assertRejected(
      String format, String record, RejectReason reason, String message) {
    Rejection rejection = rejection(RecordFormat.parse(format), record);

    assertThat(rejection).hasMessage(message);
    assertThat(rejection.reason()).isEqualTo(reason);
  }

  private static Rejection rejection(RecordFormat format, String record) {
    return catchThrowableOfType(Rejection.class, () -> parse(format, record));
  }

  private static @Nullable Transaction parsed(String format, String record) throws Rejection {
    return parse(RecordFormat.parse(format), record).transaction();
  }

  /** Parses twice, because the second record is parsed with the keys learned from the first. */
  private static ParsedRecord parse(RecordFormat format, String record) throws Rejection {
    TransactionParser parser =
        new TransactionParser(format, EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
    ParsedRecord first = parser.parse(payload(record));
    assertThat(parser.parse(payload(record))).isEqualTo(first);
    assertThat(parser.parseWithJackson(payload(record))).isEqualTo(first);
    return first;
  }

  private static Payload payload(String record) {
    return Payload.of("f:", 0, record.replace('\'', '"').getBytes(UTF_8));
  }
}

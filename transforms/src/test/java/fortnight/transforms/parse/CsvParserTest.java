package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.BAD_TIMESTAMP;
import static fortnight.transforms.RejectReason.MALFORMED_CSV;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.RejectReason.TOO_LARGE;
import static fortnight.transforms.Sales.at;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.util.SerializableUtils;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses rows of CSV. In rows, ' represents a quotation mark. */
class CsvParserTest {
  private static final String COLUMNS =
      "records=csv,id=id,time=time,item=sku,quantity=qty,customer=customer";
  private static final String LISTED = COLUMNS + ",header=[id, time, sku, qty, customer]";
  private static final String HEADER = "sku,note,id,qty,time,customer";
  private static final Transaction TRANSACTION =
      new Transaction(
          Id.ofString("7"),
          Id.ofString("c"),
          at("2023-01-02T09:00"),
          List.of(LineItem.of(Id.ofString("a"), 2)));

  @Test
  void findsColumnsByTheHeader() throws Rejection {
    assertThat(parsed(COLUMNS, HEADER, "a,'x, ''y''',7,2,2023-01-02T09:00,c"))
        .isEqualTo(TRANSACTION);
    assertThat(parsed(COLUMNS, "customer,qty,'sku',time,id", "c,2,a,2023-01-02T09:00,7"))
        .isEqualTo(TRANSACTION);
  }

  @Test
  void findsColumnsByTheNamesInTheFormat() throws Rejection {
    assertThat(parsed(LISTED, "", "7,2023-01-02T09:00,a,2,c")).isEqualTo(TRANSACTION);
    assertThat(parsed(LISTED, "", "'7','2023-01-02T09:00','a','2','c'")).isEqualTo(TRANSACTION);
  }

  @Test
  void keepsTextAsItIsWritten() throws Rejection {
    Transaction transaction =
        parsed(LISTED, "", " 007 ,2023-01-02T09:00,'a''b\n, c',1,\u00fc\u20ac");

    assertThat(transaction.id()).isEqualTo(Id.ofString(" 007 "));
    assertThat(transaction.customer()).isEqualTo(Id.ofString("\u00fc\u20ac"));
    assertThat(transaction.lineItems().get(0).item()).isEqualTo(Id.ofString("a\"b\n, c"));
  }

  @Test
  void isAGuestWithoutACustomer() throws Rejection {
    assertThat(parsed(LISTED, "", "7,2023-01-02T09:00,a,2,").customer()).isNull();
    assertThat(parsed(LISTED, "", "7,2023-01-02T09:00,a,2,''").customer()).isNull();
  }

  @Test
  void usesConstants() throws Rejection {
    Transaction transaction =
        parsed("records=csv,id=none,time=time,item=\"all\"", "time,x", "2023-01-02T09:00,");

    assertThat(transaction)
        .isEqualTo(
            new Transaction(
                RecordFormat.NO_ID,
                null,
                at("2023-01-02T09:00"),
                List.of(LineItem.of(Id.ofString("all"), 1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6|6",
        "-6|-6",
        "6.0|6",
        "1e2|100",
        "0|0",
        "-0|0",
        "9007199254740991|9007199254740991"
      })
  void readsIntegersInAnyNotation(String text, long quantity) throws Rejection {
    assertThat(parsed(LISTED, "", row(text)).lineItems().get(0).quantity()).isEqualTo(quantity);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6.5 | is not an integer",
        "+6 | is not an integer",
        "06 | is not an integer",
        "6 000 | is not an integer",
        "9007199254740992 | is beyond ±9007199254740991"
      })
  void rejectsOtherQuantities(String text, String message) {
    assertRejected(LISTED, "", row(text), BAD_QUANTITY, "qty: \"" + text + "\" " + message);
  }

  @Test
  void readsADecimalComma() throws Rejection {
    String format = LISTED + ",decimalComma=true,delimiter=;";

    assertThat(parsed(format, "", "7;2023-01-02T09:00;a;2,0;c")).isEqualTo(TRANSACTION);
    assertThat(parsed(format, "", "7;2023-01-02T09:00;a;2;c")).isEqualTo(TRANSACTION);
    assertRejected(
        format, "", "7;2023-01-02T09:00;a;2,5;c", BAD_QUANTITY, "qty: \"2,5\" is not an integer");
    assertRejected(
        format,
        "",
        "7;2023-01-02T09:00;a;2.0;c",
        BAD_QUANTITY,
        "qty: \"2.0\" has a point, and numbers have a decimal comma");
  }

  @Test
  void readsADecimalCommaInQuotesBetweenCommas() throws Rejection {
    String format = LISTED + ",decimalComma=true";
    String message = "record: has 6 fields, and header in the format has 5";

    assertThat(parsed(format, "", "7,2023-01-02T09:00,a,'2,0',c")).isEqualTo(TRANSACTION);
    assertRejected(LISTED, "", "7,2023-01-02T09:00,a,2,0,c", MALFORMED_CSV, message);
    assertRejected(
        format,
        "",
        "7,2023-01-02T09:00,a,2,0,c",
        MALFORMED_CSV,
        message + "; write numbers with a decimal comma in quotes, or use another delimiter");
    assertRejected(
        format,
        "",
        "7,2023-01-02T09:00,a,2",
        MALFORMED_CSV,
        "record: has 4 fields, and header in the format has 5");
  }

  @Test
  void readsTimesInTheNotationOfTheFormat() throws Rejection {
    String pattern = LISTED + ",timePattern='M/d/yyyy H:mm'";

    assertThat(parsed(pattern, "", "7,1/2/2023 9:00,a,2,c")).isEqualTo(TRANSACTION);
    assertThat(parsed(LISTED + ",timeUnit=s", "", "7,1672650000,a,2,c")).isEqualTo(TRANSACTION);
    assertRejected(
        pattern,
        "",
        "7,30/2/2023 9:00,a,2,c",
        BAD_TIMESTAMP,
        "time: \"30/2/2023 9:00\" is not a calendar date and time; use the pattern M/d/yyyy H:mm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        ",2023-01-02T09:00,a,2,c|id: empty",
        "7,'',a,2,c|time: empty",
        "7,2023-01-02T09:00,,2,c|sku: empty",
        "7,2023-01-02T09:00,a,,c|qty: empty",
        ",,,,|id: empty"
      })
  void rejectsEmptyFields(String row, String message) {
    assertRejected(LISTED, "", row, MISSING_FIELD, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "7,2023-01-02T09:00,a,2|record: has 4 fields, and header in the format has 5",
        "7,2023-01-02T09:00,a,2,c,|record: has 6 fields, and header in the format has 5",
        "7|record: has 1 field, and header in the format has 5",
        "7,'2023-01-02T09:00,a,2,c|record: field 2 begins with a quotation mark and is not closed;"
            + " write a quotation mark in a quoted field twice",
        "7,2023-01-02T09:00,'a'b,2,c|record: field 3 continues after its closing quotation mark;"
            + " write a quotation mark in a quoted field twice"
      })
  void rejectsMalformedRows(String row, String message) {
    assertRejected(LISTED, "", row, MALFORMED_CSV, message);
    // Takes precedence over conditions and other faults.
    assertRejected(LISTED + ",where=id = \"8\"", "", row, MALFORMED_CSV, message);
  }

  @Test
  void rejectsAMessageOfSeveralRows() throws Rejection {
    String row = "7,2023-01-02T09:00,'a''\nb',2,c";
    String message = "record: several rows; a message of a topic must contain one row";

    assertThat(parsed(LISTED, "", row + "\r\n")).isEqualTo(parsed(LISTED, "", row));
    assertRejected(LISTED, "", row + "\n" + row, MALFORMED_CSV, message);
    assertRejected(LISTED, "", row + "\r" + row, MALFORMED_CSV, message);
    assertRejected(LISTED, "", row + "\n\nx", MALFORMED_CSV, message);
  }

  @Test
  void ignoresSpaceThatIsNotADelimiter() {
    assertThat(isBlank(LISTED, " \t\n")).isTrue();
    assertThat(isBlank(LISTED, "")).isTrue();
    assertThat(isBlank(LISTED + ",delimiter='\\t'", "\t\t")).isFalse();
    assertThat(isBlank(LISTED, ",,")).isFalse();
  }

  private static boolean isBlank(String format, String message) {
    RecordFormat parsed = RecordFormat.parse(format);
    return new TransactionParser(parsed, EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE)
        .isBlank(Payload.of("", Payload.NOWHERE, message));
  }

  @Test
  void rejectsRowsUnderAHeaderWithoutTheirColumns() {
    assertRejected(
        COLUMNS,
        "id,time,SKU,qty,customer",
        "7,2023-01-02T09:00,a,2,c",
        MISSING_FIELD,
        "sku: missing; the header has SKU");
    assertRejected(
        COLUMNS + ",where=test = true",
        HEADER,
        "a,,7,2,2023-01-02T09:00,c",
        MISSING_FIELD,
        "test: missing; the header has time");
    assertRejected(
        COLUMNS,
        "id,time,sku,qty,customer,qty",
        "7,2023-01-02T09:00,a,2,c,2",
        MALFORMED_CSV,
        "qty: several columns of the header have this name; rename them");
    assertRejected(
        COLUMNS,
        "id,\u00e9".getBytes(ISO_8859_1),
        "7,x".getBytes(UTF_8),
        MALFORMED_CSV,
        "header: not UTF-8; set charset to that of the input");
    assertRejected(
        COLUMNS,
        "",
        "7,x",
        MALFORMED_CSV,
        "header: missing; use header: [order_id, time, sku], the names of the columns");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "x = \"paid\" | paid | true",
        "x = \"paid\" | 'paid' | true",
        "x = \"paid\" | open | false",
        "x = \"1\" | 1 | true",
        "x = 1 | 1 | true",
        "x = 1 | 1.0 | true",
        "x = 1 | 01 | false",
        "x != 0 | 0 | false",
        "x != 0 | | true",
        "x = true | true | true",
        "x = true | True | true",
        "x != true | false | true",
        "x = null | | true",
        "x = null | null | false",
        "x != null | a | true",
        "x = \"\" | | true",
        "x in [\"a\", 5] | 5 | true",
        "x in [\"a\", 5] | b | false"
      })
  void comparesTextWithTheValuesOfConditions(String condition, String value, boolean isIncluded)
      throws Rejection {
    RecordFormat format =
        RecordFormat.parse("records=csv,id=none,time=t,item=\"a\",where=" + condition);
    String row = (value == null ? "" : value) + ",2023-01-02T09:00";

    assertThat(parse(format, "x,t".getBytes(UTF_8), row.replace('\'', '"').getBytes(UTF_8)))
        .returns(!isIncluded, ParsedRecord::isExcluded);
  }

  @Test
  void excludesRowsThatWouldBeRejected() throws Rejection {
    RecordFormat format = RecordFormat.parse(LISTED + ",where=sku != \"POST\"");

    assertThat(parse(format, "7,2023-01-02T09:00,POST,,").timestamp())
        .isEqualTo(at("2023-01-02T09:00"));
    assertThat(parse(format, ",soon,POST,x,").timestamp()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-16BE"})
  void decodesTheCharset(String charset) throws Rejection {
    RecordFormat format = RecordFormat.parse(COLUMNS + ",charset=" + charset);
    Charset charsetOfFile = Charset.forName(charset);
    byte[] header = "id,time,sku,qty,customer".getBytes(charsetOfFile);
    byte[] row = "7,2023-01-02T09:00,Gr\u00f6\u00dfe,2,c".getBytes(charsetOfFile);

    assertThat(parse(format, header, row).transaction().lineItems())
        .containsExactly(LineItem.of(Id.ofString("Gr\u00f6\u00dfe"), 2));
  }

  @Test
  void decodesUtf16ByItsByteOrderMark() throws Rejection {
    RecordFormat listed = RecordFormat.parse(LISTED + ",charset=UTF-16");
    String row = "7,2023-01-02T09:00,a,2,c";

    assertThat(parse(listed, "\uFEFF".getBytes(UTF_16LE), row.getBytes(UTF_16LE)).transaction())
        .isEqualTo(TRANSACTION);
    // A message has a mark of its own.
    assertThat(parse(listed, new byte[0], row.getBytes(UTF_16)).transaction())
        .isEqualTo(TRANSACTION);
    assertThat(parse(listed, new byte[0], ("\uFEFF" + row).getBytes(UTF_16LE)).transaction())
        .isEqualTo(TRANSACTION);
    assertThat(parse(LISTED, ("\uFEFF" + row).getBytes(UTF_8)).transaction())
        .isEqualTo(TRANSACTION);
  }

  @Test
  void rejectsBytesThatTheCharsetDoesNotHave() {
    byte[] latin = "7,2023-01-02T09:00,\u00e9,2,c".getBytes(ISO_8859_1);
    byte[] c1 = "7,2023-01-02T09:00,\u0081,2,c".getBytes(ISO_8859_1);
    byte[] odd = "7,2023".getBytes(UTF_8);
    byte[] surrogate = {0, 7, (byte) 0xD8, 0};

    assertRejected(
        LISTED,
        new byte[0],
        latin,
        MALFORMED_CSV,
        "record: not UTF-8; set charset to that of the input");
    assertRejected(
        LISTED + ",charset=US-ASCII",
        new byte[0],
        latin,
        MALFORMED_CSV,
        "record: not US-ASCII; set charset to that of the input");
    assertRejected(
        LISTED + ",charset=windows-1252",
        new byte[0],
        c1,
        MALFORMED_CSV,
        "record: not windows-1252; set charset to that of the input");
    assertRejected(
        LISTED + ",charset=UTF-16LE",
        new byte[0],
        (new String(odd, UTF_8) + "x").substring(0, 7).getBytes(UTF_8),
        MALFORMED_CSV,
        "record: not UTF-16LE; set charset to that of the input");
    assertRejected(
        LISTED + ",charset=UTF-16BE",
        new byte[0],
        surrogate,
        MALFORMED_CSV,
        "record: not UTF-16BE; set charset to that of the input");
  }

  @Test
  void rejectsLargeRows() {
    byte[] large = new byte[Payload.MAX_SIZE + 1];

    assertRejected(
        LISTED, new byte[0], large, TOO_LARGE, "record: 1048577 bytes, more than 1048576");
  }

  @Test
  void keepsTheColumnsOfEachPreamble() throws Rejection {
    TransactionParser parser = parser(RecordFormat.parse(COLUMNS));
    TransactionParser copy = SerializableUtils.ensureSerializable(parser);

    for (int i = 0; i < 3; i++) {
      for (TransactionParser each : List.of(parser, copy)) {
        assertThat(
                each.parse(
                        payload("a,,7,2,2023-01-02T09:00,c".getBytes(UTF_8))
                            .withPreamble(HEADER.getBytes(UTF_8)))
                    .transaction())
            .isEqualTo(TRANSACTION);
        assertThat(
                each.parse(
                        payload("7,2023-01-02T09:00,a,2,c".getBytes(UTF_8))
                            .withPreamble("id,time,sku,qty,customer".getBytes(UTF_8)))
                    .transaction())
            .isEqualTo(TRANSACTION);
      }
    }
  }

  @Test
  void providesTimesForWatermarks() {
    RecordTimes times =
        RecordTimes.in(
            RecordFormat.parse(LISTED),
            ZoneOffset.UTC,
            Duration.standardDays(1),
            Clock.systemUTC());

    assertThat(times.of("7,2023-01-02T09:00,a,2,c".getBytes(UTF_8)))
        .isEqualTo(OptionalLong.of(at("2023-01-02T09:00").getMillis()));
    assertThat(times.of("7,2023-01-02T09:00,a,2".getBytes(UTF_8))).isEmpty();
    assertThat(times.of(new byte[0])).isEmpty();
  }

  private static String row(String quantity) {
    return "7,2023-01-02T09:00,a," + quantity + ",c";
  }

  private static Transaction parsed(String format, String header, String row) throws Rejection {
    return parse(
            RecordFormat.parse(format),
            header.replace('\'', '"').getBytes(UTF_8),
            row.replace('\'', '"').getBytes(UTF_8))
        .transaction();
  }

  private static ParsedRecord parse(RecordFormat format, String row) throws Rejection {
    return parse(format, new byte[0], row.getBytes(UTF_8));
  }

  private static ParsedRecord parse(String format, byte[] row) throws Rejection {
    return parse(RecordFormat.parse(format), new byte[0], row);
  }

  private static ParsedRecord parse(RecordFormat format, byte[] preamble, byte[] row)
      throws Rejection {
    return parser(format).parse(payload(row).withPreamble(preamble));
  }

  private static TransactionParser parser(RecordFormat format) {
    return new TransactionParser(format, EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
  }

  /** A row between other bytes, which must not be read. */
  private static Payload payload(byte[] row) {
    byte[] shared = new byte[row.length + 2];
    System.arraycopy(row, 0, shared, 1, row.length);
    shared[0] = ',';
    shared[row.length + 1] = '"';
    return new Payload("f:", 0, shared, 1, row.length, row.length);
  }

  private static void assertRejected(
      String format, String header, String row, RejectReason reason, String message) {
    assertRejected(
        format, header.getBytes(UTF_8), row.replace('\'', '"').getBytes(UTF_8), reason, message);
  }

  private static void assertRejected(
      String format, byte[] preamble, byte[] row, RejectReason reason, String message) {
    RecordFormat parsed = RecordFormat.parse(format);
    Rejection rejection = catchThrowableOfType(Rejection.class, () -> parse(parsed, preamble, row));

    assertThat(rejection).hasMessage(message);
    assertThat(rejection.reason()).isEqualTo(reason);
  }
}

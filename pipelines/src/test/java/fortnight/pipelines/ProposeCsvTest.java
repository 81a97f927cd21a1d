package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.pipelines.options.FormatFlag;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format that {@code propose} prints for rows of CSV. */
class ProposeCsvTest {
  private static final String ORDERS =
      """
      order_id,created,sku,qty,unit_price,customer_id
      1,2023-01-02T10:00:00,a,2,9.99,c
      1,2023-01-02T10:00:00,b,1,5.00,c
      2,2023-01-13T11:00:00,"x, ""y""\",3,1.50,
      3,2023-01-14T12:00:00,a,1,9.99,d
      """;

  @TempDir Path directory;

  @Test
  void proposesTheColumns() throws IOException {
    ProposeRun result = propose(ORDERS, UTF_8);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            # Proposed for the records of FILE
            # This format accepts 4 of 4 records.

            records: csv
            id: order_id           # "1", in 4 of 4 records, 3 distinct
            time: created          # "2023-01-02T10:00:00", in 4 of 4 records
            customer: customer_id  # "c", in 3 of 4 records, 2 distinct
            item: sku              # "a", in 4 of 4 records
            quantity: qty          # "2", in 4 of 4 records
            price: unit_price      # "9.99", in 4 of 4 records

            # The first 3 records, as this format reads them with --timeZone=UTC:
            #   FILE:48: id "1", time 2023-01-02T10:00:00, customer "c", items 2 × "a" for 19.98
            #   FILE:81: id "1", time 2023-01-02T10:00:00, customer "c", items 1 × "b" for 5.00
            #   FILE:114: id "2", time 2023-01-13T11:00:00, items 3 × "x, \\"y\\"" for 4.50
            """);
    assertThat(result.format().encoding())
        .isEqualTo(new RecordEncoding.Csv(',', "UTF-8", null, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"; \";\"", "TAB \"\\t\"", "| \"|\""})
  void detectsTheDelimiter(String delimiter, String value) throws IOException {
    String character = delimiter.equals("TAB") ? "\t" : delimiter;

    ProposeRun result =
        propose(ORDERS.replace("\"x, \"\"y\"\"\"", "x").replace(",", character), UTF_8);

    assertThat(result.out())
        .contains("delimiter: " + value + "\n", "This format accepts 4 of 4 records.");
    assertThat(((RecordEncoding.Csv) result.format().encoding()).delimiter())
        .isEqualTo(character.charAt(0));
  }

  @Test
  void detectsTheCharset() throws IOException {
    String rows = ORDERS.replace(",a,", ",\u00e4,");

    assertThat(propose(rows, UTF_8).out()).doesNotContain("charset");
    assertThat(propose("\uFEFF" + rows, UTF_8).out())
        .doesNotContain("charset")
        .contains("items 2 × \"\u00e4\"");
    assertThat(propose(rows, ISO_8859_1).out())
        .contains(
            "charset: ISO-8859-1    # a guess, because the bytes are not valid UTF-8\n",
            "items 2 × \"\u00e4\"");
    assertThat(propose(rows.replace("\u00e4", "\u20ac"), Charset.forName("windows-1252")).out())
        .contains("charset: windows-1252 ", "items 2 × \"\u20ac\"");
    assertThat(propose("\uFEFF" + rows, UTF_16LE).out())
        .contains("charset: UTF-16\n", "items 2 × \"\u00e4\"");
    assertThat(propose(rows, UTF_16LE).out())
        .contains("charset: UTF-16LE\n", "items 2 × \"\u00e4\"");
  }

  @Test
  void namesTheColumnsIfThereIsNoHeader() throws IOException {
    ProposeRun result = propose(ORDERS.substring(ORDERS.indexOf('\n') + 1), UTF_8);

    assertThat(result.out())
        .contains(
            "header: [column_1, column_2, column_3, column_4, column_5, column_6]  # names for the"
                + " columns, because the first row has values\n",
            "time: column_2 ",
            "id: none",
            "item: \"all\"");
    assertThat(((RecordEncoding.Csv) result.format().encoding()).columns()).hasSize(6);
  }

  @Test
  void detectsADecimalComma() throws IOException {
    ProposeRun result =
        propose(
            """
            Order No;Order Date;SKU;Qty;Price
            7;14.01.2023 09:30;a;2,0;9,99
            8;15.01.2023 10:30;b;1,0;1,50
            """,
            UTF_8);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(
            """
            records: csv
            delimiter: ";"
            decimalComma: true
            id: Order No                  # "7", in 2 of 2 records, 2 distinct
            time: Order Date              # "14.01.2023 09:30", in 2 of 2 records
            timePattern: 'd.M.yyyy H:mm'  # "14.01.2023 09:30" is 2023-01-14T09:30:00
            """,
            "This format accepts 2 of 2 records.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12/31/2023 8:26 | M/d/yyyy H:mm",
        "31/12/2023 8:26 | d/M/yyyy H:mm",
        "31/12/2023 8:26:01 | d/M/yyyy H:mm:ss",
        "12/31/2023 8:26 PM | M/d/yyyy h:mm a",
        "31/12/2023 8:26 PM | d/M/yyyy h:mm a",
        "12/31/23 8:26 | M/d/yy H:mm",
        "31.12.2023 08:26 | d.M.yyyy H:mm",
        "31.12.2023 08:26:07 | d.M.yyyy H:mm:ss",
        "20231231 | yyyyMMdd"
      })
  void proposesTheTimePattern(String time, String pattern) throws IOException {
    ProposeRun result = propose("id,date,sku,qty\n1,%1$s,a,2\n2,%1$s,b,1\n".formatted(time), UTF_8);

    assertThat(result.out())
        .contains("timePattern: '" + pattern + "'", "This format accepts 2 of 2 records.");
    assertThat(result.format().timeNotation().pattern()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-12-31 08:26", "2023-12-31 08:26:07", "2023-12-31T08:26Z"})
  void needsNoPatternForIso(String time) throws IOException {
    ProposeRun result = propose("id,date,sku,qty\n1,%1$s,a,2\n2,%1$s,b,1\n".formatted(time), UTF_8);

    assertThat(result.out()).doesNotContain("timePattern").contains("accepts 2 of 2 records");
  }

  @Test
  void doesNotChooseBetweenDayAndMonth() throws IOException {
    ProposeRun result =
        propose("id,date,sku,qty\n1,3/4/2023 8:26,a,2\n2,5/6/2023 8:26,b,1\n", UTF_8);

    assertThat(result.out())
        .contains(
            """
            # timePattern: 'M/d/yyyy H:mm'  # "3/4/2023 8:26" is 2023-03-04T08:26:00
            # timePattern: 'd/M/yyyy H:mm'  # "3/4/2023 8:26" is 2023-04-03T08:26:00
            timePattern:
            """);
    assertThatThrownBy(result::format).hasMessageContaining("timePattern: has no value");
  }

  @Test
  void recognizesThePresetUnlessItsTimesAreAmbiguous() throws IOException {
    ProposeRun result = ProposeRun.of("--input=../testdata/formats/uci/input.csv");
    String header =
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
    ProposeRun ambiguous =
        propose(header + "\n536365,85123A,X,6,12/1/2010 8:26,2.55,17850,UK\n".repeat(3), UTF_8);

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("# --format=uci fits: it accepts 6 of 9 records.");
    assertThat(result.format()).isEqualTo(FormatFlag.read("uci"));
    assertThat(ambiguous.out())
        .contains(
            "# The columns are those of --format=uci, whose times have the pattern M/d/yyyy H:mm.\n",
            "id: InvoiceNo ",
            "time: InvoiceDate ",
            "timePattern:\n",
            "customer: CustomerID ",
            "item: StockCode ",
            "quantity: Quantity ",
            "price: UnitPrice ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n{\"id\": 1}\n",
        "one, two\nthree\nfour, five, six\n",
        "id,time\n",
        "[1, 2]\n[3, 4]\n"
      })
  void isNotCsv(String text) throws IOException {
    ProposeRun result = propose(text, UTF_8);

    assertThat(result.out() + result.err()).doesNotContain("csv").contains("is not a JSON object");
  }

  @Test
  void countsMalformedRows() throws IOException {
    ProposeRun result = propose(ORDERS.repeat(8) + "1,\"x\n" + ORDERS, UTF_8);

    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("1 of 45 records are ignored", "which is not a row of CSV (");
  }

  private ProposeRun propose(String text, Charset charset) throws IOException {
    Path file = Files.write(directory.resolve("rows.csv"), text.getBytes(charset));
    ProposeRun run = ProposeRun.of("--input=" + file);
    return new ProposeRun(
        run.status(),
        run.out().replace(file.toString(), "FILE"),
        run.err().replace(file.toString(), "FILE"));
  }
}

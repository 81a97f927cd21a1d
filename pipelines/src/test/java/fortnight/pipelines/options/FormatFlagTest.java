package fortnight.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.formats.InvalidFormatException;
import fortnight.transforms.formats.Preset;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatFlagTest {
  private static final String INLINE =
      "id=order_id,time=ts,item=lines[].sku,quantity=lines[].qty,where=status = \"paid\"";

  @TempDir Path directory;

  @Test
  void readsPresets() {
    assertThat(FormatFlag.read("shopify")).isEqualTo(Preset.SHOPIFY.format());
  }

  @Test
  void readsAFileLikeInlineKeys() throws IOException {
    RecordFormat format =
        read(
            """
            # Orders of the shop
            id: order_id
            time: ts
            item: lines[].sku
            quantity: lines[].qty
            where: status = "paid"
            """);

    assertThat(format).isEqualTo(FormatFlag.read(INLINE));
  }

  @Test
  void distinguishesConstantsAndNamesByQuotes() throws IOException {
    RecordFormat format =
        read(
            """
            id: none
            time: $.'event.time'
            item: "all"
            quantity: 'unit.count'
            timePattern: 'M/d/yyyy H:mm'
            where:
              - status in ["paid", "sent"]
              - test != true
            """);

    assertThat(format.time()).hasToString("'event.time'");
    assertThat(format.constantItem()).hasToString("all");
    assertThat(format.quantity()).hasToString("'unit.count'");
    assertThat(format.timeNotation().pattern()).isEqualTo("M/d/yyyy H:mm");
    assertThat(format.conditions())
        .extracting(Object::toString)
        .containsExactly("status in [\"paid\", \"sent\"]", "test != true");
  }

  @Test
  void readsTheKeysOfCsv() throws IOException {
    RecordFormat format =
        read(
            """
            id: order_id
            time: ts
            item: sku
            records: csv
            delimiter: "\\t"
            charset: latin1
            decimalComma: true
            header:
              - order_id
              - ts
              - "a, b"
              - sku
              - 'x"y'
              - 7
            """);

    assertThat(format.encoding())
        .isEqualTo(
            new RecordEncoding.Csv(
                '\t', "ISO-8859-1", List.of("order_id", "ts", "a, b", "sku", "x\"y", "7"), true));
    assertThat(read("id: a\ntime: b\nitem: c\nrecords: csv\nheader: [a, b, c]\ndelimiter: ;\n"))
        .isEqualTo(FormatFlag.read("id=a,time=b,item=c,records=csv,header=[a, b, c],delimiter=;"));
    assertThat(read("id: a\ntime: b\nitem: c\nrecords: csv\nheader: true\n"))
        .isEqualTo(FormatFlag.read("id=a,time=b,item=c,records=csv"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "just text | contains text without keys; use lines such as id: order_id, with a space after"
            + " \":\"",
        "id:order_id | contains text without keys; use lines such as id: order_id, with a space"
            + " after \":\"",
        "# nothing | contains no keys; use lines such as id: order_id",
        "- id: order_id | is a list; use lines such as id: order_id, without \"- \" before them",
        "id: @id | not YAML in line 1: found character '@' that cannot start any token; write $."
            + " before a path that begins with a special character: id: $.@id",
        "id: *id | not YAML in line 1: found undefined alias id; write $. before a path that begins"
            + " with a special character: id: $.@id",
        "id: 'a.b'.c | not YAML in line 1: expected <block end>, but found '<scalar>'; write $."
            + " before a path that begins with a special character: id: $.@id",
        "id: a: b | not YAML in line 1: more than one \": \"; write each key and its value on a"
            + " line of its own",
        "id:\torder_id\ttime: a | not YAML in line 1: a tab is not allowed here; use spaces",
        "id: 'a | not YAML in line 2: found unexpected end of stream"
      })
  void rejectsOtherFiles(String yaml, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(yaml + "\n")).withMessage(message);
  }

  @Test
  void reportsAllMistakesOfAFile() {
    InvalidFormatException invalid =
        catchThrowableOfType(InvalidFormatException.class, () -> read("idd: a\ntime: b[].c\n"));

    assertThat(invalid.mistakes()).hasSize(4);
  }

  @Test
  void reportsListsTogetherWithOtherMistakes() {
    String yaml =
        """
        id: [a, b]
        time: {store: a}
        by: {store: a}
        records: [csv]
        where: [[a], x = 1]
        idd: c
        """;

    InvalidFormatException invalid =
        catchThrowableOfType(InvalidFormatException.class, () -> read(yaml));

    assertThat(invalid.mistakes())
        .containsExactly(
            "id: is a list; use one value, such as id: order_id",
            "time: contains keys; use one value, such as time: created_at",
            "by: contains keys; use by.store: location.id",
            "records: is a list; use one value",
            "where: a condition is text, such as status = \"paid\"",
            "idd: unknown key; did you mean id?",
            "item: missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "customer: | customer: has no value",
        "customer: null | customer: has no value",
        "customer: ~ | customer: has no value",
        "quantity: 1 | quantity: 1: a number is not a path;"
            + " use \"1\" for a constant, or '1' for a field of this name",
        "customer: 1.5 | customer: 1.5: a number is not a path;"
            + " use \"1.5\" for a constant, or '1.5' for a field of this name"
      })
  void doesNotReadNullAndNumbersAsPaths(String line, String mistake) {
    String yaml = "id: none\ntime: ts\nitem: sku\n" + line + "\n";

    InvalidFormatException invalid =
        catchThrowableOfType(InvalidFormatException.class, () -> read(yaml));

    assertThat(invalid.mistakes()).containsExactly(mistake);
  }

  @Test
  void rejectsFilesThatAreNoFormats() {
    String deep = "id: " + "[".repeat(20_000);
    String large = "# " + "x".repeat(1 << 16);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(deep))
        .withMessage("nested too deeply in line 1; use lines such as id: order_id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(large))
        .withMessage("larger than 64 KiB; a format is a few lines");
  }

  @Test
  void theHelpNamesAllPresets() throws NoSuchMethodException {
    String help =
        RetailOptions.class.getMethod("getFormat").getAnnotation(Description.class).value();

    assertThat(help).contains(String.join(", ", Preset.titles()) + ",");
  }

  @Test
  void suggestsThePresetThatIsMeant() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FormatFlag.read("shopfy"))
        .withMessageStartingWith("unknown format; did you mean shopify?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FormatFlag.read("absent.yaml"))
        .withMessage("not a readable file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | is empty; use PRESETS, a YAML file, or id=order_id,time=ts,…",
        "kafka | unknown format; use PRESETS, a YAML file, or id=order_id,time=ts,…",
        "orders.json | not a format file, whose name ends with .yaml or .yml; to write one for the"
            + " records in a file: propose --input=orders.json > format.yaml",
        "id: a, time: b | not a format; write keys and values with =, as in"
            + " id=order_id,time=ts,item=sku",
        "a.yaml,id=b | a file cannot be combined with keys; add them to a.yaml"
      })
  void reportsWhatIsNoFormat(String value, String message) {
    String expected =
        message.replace("PRESETS", String.join(", ", Preset.titles())).replace('\'', '"');

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FormatFlag.read(value))
        .withMessage(expected);
  }

  @Test
  void readsPathsThatBeginWithASpecialCharacter() throws IOException {
    RecordFormat format = read("id: $.@id\ntime: $.'a b'.#t\nitem: lines[].@sku\n");

    assertThat(format.id().names()).containsExactly("@id");
    assertThat(format.time().names()).containsExactly("a b", "#t");
    assertThat(FormatFlag.read("id=@id,time=$.'a b'.#t,item=lines[].@sku")).isEqualTo(format);
  }

  private RecordFormat read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("format.yaml"), yaml);
    return FormatFlag.read(file.toString());
  }
}

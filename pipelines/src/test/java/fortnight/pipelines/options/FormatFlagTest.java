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
        "just text | contains no keys; use lines such as id: order_id",
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
        where: [[a], x = 1]
        idd: c
        """;

    InvalidFormatException invalid =
        catchThrowableOfType(InvalidFormatException.class, () -> read(yaml));

    assertThat(invalid.mistakes())
        .containsExactly(
            "id: contains a list or keys; use one value, such as by.store: location.id",
            "time: contains a list or keys; use one value, such as by.store: location.id",
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

  private RecordFormat read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("format.yaml"), yaml);
    return FormatFlag.read(file.toString());
  }
}

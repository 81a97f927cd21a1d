package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of CSV and their offsets. In texts, ' represents a quotation mark. */
class CsvReaderTest {
  private static final RecordEncoding.Csv COLUMNS = csv("ISO-8859-1", List.of("a", "b"));
  private static final RecordEncoding.Csv HEADER = csv("ISO-8859-1", null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a,b~c,d|a,b=c,d",
        "a,b~~c,d~|a,b=c,d",
        "a,'b~c'~d|a,'b~c'=d",
        "'a''~b',c~d|'a''~b',c=d",
        "'''~'~d|'''~'=d",
        "a'b~c'd~|a'b=c'd",
        " 'a~b'~| 'a=b'",
        "a,'',~'~'~|a,'',='~'",
        "a,'b~c,d~e,f|a,'b=c,d=e,f",
        "a,'b~c,d~e,'f'~|a,'b=c,d=e,'f'",
        "a,'b'c~d~|a,'b'c=d",
        "a,'b~c'd~e~|a,'b=c'd=e",
        "'a~b','c~d~|'a~b','c=d",
        "a,'b|a,'b",
        "a,'b'|a,'b'",
        "a,''''|a,''''",
        ",~,|,=,",
        "'~|'"
      })
  void splitsAtLineEndsOutsideOfQuotes(String text, String rows) throws IOException {
    for (String lineEnd : List.of("\n", "\r", "\r\n")) {
      String content = text.replace("~", lineEnd).replace('\'', '"');
      List<String> expected = List.of(rows.replace("~", lineEnd).replace('\'', '"').split("=", -1));

      assertThat(texts(content)).isEqualTo(expected);
      assertThat(naiveTexts(content)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n", " \t\n \r", "  "})
  void ignoresBlankRows(String text) throws IOException {
    assertThat(texts(text)).isEmpty();
    assertThat(texts(text + "\na,b\n" + text)).containsExactly("a,b");
  }

  @Test
  void providesOffsetsOfTheFile() throws IOException {
    List<Payload> rows = read("a,b\r\n\r\n'c\r\nd',e\rf,g".replace('\'', '"'), COLUMNS);

    assertThat(rows).extracting(Payload::source).containsExactly("file:0", "file:7", "file:16");
    assertThat(rows).extracting(Payload::size).containsExactly(3L, 8L, 3L);
  }

  @Test
  void hasTheHeaderAsPreamble() throws IOException {
    List<Payload> rows = read("\n'a\nx',b\r\n1,2\r\n3,4".replace('\'', '"'), HEADER);

    assertThat(rows).extracting(Payload::source).containsExactly("file:10", "file:15");
    assertThat(rows.get(0).preamble()).asString(UTF_8).isEqualTo("\"a\nx\",b");
    assertThat(rows.get(1).preamble()).isSameAs(rows.get(0).preamble());
    assertThat(read("a,b\n", HEADER)).isEmpty();
    assertThat(read("", HEADER)).isEmpty();
  }

  @Test
  void skipsAByteOrderMark() throws IOException {
    RecordEncoding.Csv utf8 = csv("UTF-8", null);

    List<Payload> rows = read(channel("\uFEFFa,b\nü,1", UTF_8), utf8, 4);

    assertThat(rows).extracting(Payload::source).containsExactly("file:7");
    assertThat(rows.get(0).preamble()).isEqualTo("\uFEFFa,b".getBytes(UTF_8));
    assertThat(read("\n\nx", csv("UTF-8", List.of("a"))).get(0).preamble()).isEmpty();
  }

  @Test
  void splitsUtf16InBothByteOrders() throws IOException {
    // U+0A0D, U+0D0A, U+220A and U+2C22 contain the bytes of line ends, quotes and commas.
    String text = "a,b\r\n\u0A0D\u0D0A,\"\u220A\n\u2C22\"\r\n \t\n1,2\r3,4";
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      for (String mark : List.of("\uFEFF", "")) {
        String name = mark.isEmpty() ? charset.name() : "UTF-16";
        for (int capacity = 1; capacity < 12; capacity++) {
          List<Payload> rows = read(channel(mark + text, charset), csv(name, null), capacity);

          int offset = 2 * mark.length();
          assertThat(rows)
              .extracting(row -> new String(row.bytes(), charset))
              .containsExactly("\u0A0D\u0D0A,\"\u220A\n\u2C22\"", "1,2", "3,4");
          assertThat(rows)
              .extracting(Payload::position)
              .containsExactly(offset + 10L, offset + 36L, offset + 44L);
          assertThat(rows.get(0).preamble()).isEqualTo((mark + "a,b").getBytes(charset));
        }
      }
    }
  }

  @Test
  void keepsAnIncompleteUnitAtTheEnd() throws IOException {
    byte[] bytes = {'a', 0, '\n', 0, 'b'};
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(bytes));

    List<Payload> rows = read(channel, csv("UTF-16LE", List.of("a")), 4);

    assertThat(rows).extracting(Payload::size).containsExactly(2L, 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 70_000})
  void readsFromChannelsThatReturnFewBytes(int most) throws IOException {
    Random random = new Random(most);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      text.append("\"\"\"\r\n,,ab\n\"".charAt(random.nextInt(11)));
      text.append("x".repeat(random.nextInt(200) == 0 ? 5_000 : 0));
    }
    String content = text.toString();

    List<Payload> rows =
        read(
            new SparingChannel(content.getBytes(ISO_8859_1), most, random), COLUMNS, 1 + most % 90);

    List<CsvRows> expected = naive(content);
    assertThat(rows).extracting(CsvReaderTest::text).isEqualTo(naiveTexts(content));
    assertThat(rows)
        .extracting(row -> (int) row.position())
        .isEqualTo(expected.stream().map(CsvRows::start).toList());
  }

  @Test
  void readsRowsOfTheMaximumSize() throws IOException {
    String quoted = "\"" + "x\n".repeat(MAX_SIZE / 2 - 1) + "\"";
    for (String row : List.of("x".repeat(MAX_SIZE), quoted)) {
      for (String lineEnd : List.of("\n", "\r\n", "\r", "")) {
        assertThat(read(row + lineEnd, COLUMNS))
            .singleElement()
            .matches(payload -> text(payload).equals(row) && !payload.tooLarge());
      }
      assertThat(texts("a\n" + row + "\r\nb")).containsExactly("a", row, "b");
    }
  }

  @Test
  void keepsTheBeginningOfLargerRowsAndTheirSize() throws IOException {
    for (int more : List.of(1, 2, 70_000, 3 << 20)) {
      List<Payload> rows = read("a\n" + "x".repeat(MAX_SIZE + more) + "\r\nb,\"c", COLUMNS);

      assertThat(rows).extracting(Payload::size).containsExactly(1L, (long) MAX_SIZE + more, 4L);
      assertThat(rows.get(1).length()).isEqualTo(KEPT_OF_TOO_LARGE);
      assertThat(rows.get(2).position()).isEqualTo(MAX_SIZE + more + 4L);
    }
  }

  @Test
  void readsManyFieldsThatAreNotClosed() throws IOException {
    String line = "a,\"b\nc,\"\"\"d\n\"e\"f,\n";

    assertThat(read(line.repeat(200_000), COLUMNS)).hasSize(600_000);
  }

  private static RecordEncoding.Csv csv(String charset, List<String> columns) {
    return new RecordEncoding.Csv(',', charset, columns, false);
  }

  private static List<String> texts(String content) throws IOException {
    return read(content, COLUMNS).stream().map(CsvReaderTest::text).toList();
  }

  private static List<CsvRows> naive(String content) {
    return CsvRows.split(content).stream().filter(row -> !row.of(content).isBlank()).toList();
  }

  private static List<String> naiveTexts(String content) {
    return naive(content).stream().map(row -> row.of(content)).toList();
  }

  private static String text(Payload row) {
    return new String(row.array(), row.from(), row.length(), ISO_8859_1);
  }

  private static ReadableByteChannel channel(String text, Charset charset) {
    return Channels.newChannel(new ByteArrayInputStream(text.getBytes(charset)));
  }

  private static List<Payload> read(String text, RecordEncoding.Csv encoding) throws IOException {
    return read(channel(text, ISO_8859_1), encoding, ReadBuffer.SIZE);
  }

  /** All rows are read before any is compared, so none may have been overwritten. */
  static List<Payload> read(ReadableByteChannel channel, RecordEncoding.Csv encoding, int capacity)
      throws IOException {
    List<Payload> rows = new ArrayList<>();
    ReadBuffer buffer = new ReadBuffer(channel, 0, capacity);
    try (CsvReader reader = new CsvReader(buffer, "file:", encoding, 0)) {
      for (Payload row = reader.next(); row != null; row = reader.next()) {
        if (reader.lastPosition() != row.position() || reader.position() <= row.position()) {
          throw new AssertionError(reader.lastPosition() + " to " + reader.position());
        }
        rows.add(row);
      }
      assertThat(reader.isAtEnd()).isTrue();
    }
    return rows;
  }
}

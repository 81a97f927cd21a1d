package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;
import static fortnight.transforms.csv.RowScanner.MAX_QUOTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of CSV that are larger than a record may be, and fields that seem to make them so. */
class LargeRowsTest {
  private static final RecordEncoding.Csv LATIN = csv("ISO-8859-1");

  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 22})
  void isOneRowIfAFieldIsClosed(int capacity) throws IOException {
    String large = "a,\"b\n" + "1,2\n".repeat(MAX_SIZE / 4) + "\"";
    for (String end : List.of("", "\n", ",x", ",x\n", ",\"y\r\n\"\r\n")) {
      String row = (large + end).stripTrailing();

      List<Payload> rows = read("5,6\n" + large + end + "\n7,\"8\n9\"", capacity);

      assertThat(rows).extracting(Payload::size).containsExactly(3L, (long) row.length(), 7L);
      assertThat(rows).extracting(Payload::tooLarge).containsExactly(false, true, false);
      assertThat(text(rows.get(1))).isEqualTo(row.substring(0, KEPT_OF_TOO_LARGE));
      assertThat(rows.get(1).position()).isEqualTo(4);
      assertThat(text(rows.get(2))).isEqualTo("7,\"8\n9\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 22})
  void endsAtTheFirstLineEndOfAFieldThatIsNotClosed(int capacity) throws IOException {
    String lines = "a,\"b\n" + "1,2\n".repeat(MAX_SIZE / 4);
    for (String end : List.of("", "\"x", "3,\"\"\n4", "\"x,y\n5,\"6\n7\"\n")) {
      String content = lines + end;

      assertThat(texts(read(content, capacity)))
          .isEqualTo(CsvRows.split(content).stream().map(row -> row.of(content)).toList())
          .startsWith("a,\"b", "1,2", "1,2")
          .hasSizeGreaterThan(MAX_SIZE / 4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 26})
  void isOneRowIfAFieldIsClosedWithinTheLimit(int capacity) throws IOException {
    String lines = lines(MAX_QUOTED);
    String row = "1,\"" + lines.substring(2) + "\",2";

    List<Payload> rows = read("a,b\n" + row + "\n3,4", capacity);

    assertThat(rows).extracting(Payload::size).containsExactly(3L, MAX_QUOTED + 4L, 3L);
    assertThat(text(rows.get(1))).isEqualTo(row.substring(0, KEPT_OF_TOO_LARGE));
    assertThat(rows.get(2).position()).isEqualTo(MAX_QUOTED + 9L);
    // The small row does not keep the large one in memory.
    assertThat(rows.get(2).array().length).isEqualTo(ReadBuffer.SIZE);

    String larger = "a,b\n1,\"" + lines.substring(1) + "\",2\n3,4";
    assertThat(texts(read(larger, capacity))).isEqualTo(larger.lines().toList());
  }

  @Test
  void keepsALongFirstLineOfAFieldThatIsNotClosed() throws IOException {
    for (int length : List.of(KEPT_OF_TOO_LARGE + 1, MAX_SIZE, MAX_SIZE + 1)) {
      String row = "a,\"" + "x".repeat(length - 3);

      List<Payload> rows = read(row + "\n" + lines(MAX_QUOTED), ReadBuffer.SIZE);

      assertThat(rows.get(0).size()).isEqualTo(length);
      assertThat(text(rows.get(0)))
          .isEqualTo(length > MAX_SIZE ? row.substring(0, KEPT_OF_TOO_LARGE) : row);
      assertThat(rows).hasSize(1 + MAX_QUOTED / 1_024);
      assertThat(rows.get(1).position()).isEqualTo(length + 1);
    }
  }

  @Test
  void readsManyFieldsThatAreNotClosedWithinTheLimit() throws IOException {
    String line = "c,\"\",x\"\"y,\"\"\"\"" + "z".repeat(1_000) + "\n";
    String content =
        ("a,\"b\n" + line.repeat(MAX_QUOTED / line.length() + 1)).repeat(2) + "d,\"e\n";

    assertThat(texts(read(content, ReadBuffer.SIZE))).isEqualTo(content.lines().toList());
  }

  @Test
  void findsQuotedFieldsAfterTheMaximumSize() throws IOException {
    String begin = "x".repeat(MAX_SIZE + 1) + ",\"y\nz";

    assertThat(read(begin + "\",1\nb", ReadBuffer.SIZE))
        .extracting(Payload::size)
        .containsExactly(begin.length() + 3L, 1L);
    assertThat(read(begin + "\nb", ReadBuffer.SIZE))
        .extracting(Payload::size)
        .containsExactly(begin.length() - 2L, 1L, 1L);
  }

  @Test
  void readsLargeRowsInUtf16() throws IOException {
    String row = "a,\"" + "\u0A0D\n\u220A\r\n".repeat(MAX_SIZE / 8) + "\"";
    byte[] content = (row + "\nb,\"c\nd\"\r\ne").getBytes(UTF_16LE);

    List<Payload> rows =
        CsvReaderTest.read(new SparingChannel(content, 70_001, new Random(1)), csv("UTF-16LE"), 1);

    assertThat(rows).extracting(Payload::size).containsExactly(2L * row.length(), 14L, 2L);
    assertThat(rows.get(0).bytes())
        .isEqualTo(row.substring(0, KEPT_OF_TOO_LARGE / 2).getBytes(UTF_16LE));
    assertThat(new String(rows.get(1).bytes(), UTF_16LE)).isEqualTo("b,\"c\nd\"");
  }

  @Test
  void splitsRowsOfAnySizeLikeTextInMemory() throws IOException {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        text.append(List.of("\"", "\"", "\",", ",\"", "\n", "\"\"").get(random.nextInt(6)));
        text.append("x".repeat(random.nextInt(3) == 0 ? random.nextInt(600_000) : 0));
      }
      String content = text.toString();
      List<CsvRows> expected =
          CsvRows.split(content).stream().filter(row -> !row.of(content).isEmpty()).toList();

      List<Payload> rows =
          CsvReaderTest.read(
              new SparingChannel(content.getBytes(ISO_8859_1), 1 << 18, random), LATIN, 1);

      assertThat(rows)
          .extracting(row -> new CsvRows((int) row.position(), (int) (row.position() + row.size())))
          .isEqualTo(expected);
      for (Payload row : rows) {
        int from = (int) row.position();
        int kept = row.tooLarge() ? KEPT_OF_TOO_LARGE : (int) row.size();
        assertThat(text(row)).isEqualTo(content.substring(from, from + kept));
      }
    }
  }

  /** Returns lines of 1 KiB. */
  private static String lines(int size) {
    return ("x".repeat(1_023) + "\n").repeat(size / 1_024);
  }

  private static RecordEncoding.Csv csv(String charset) {
    return new RecordEncoding.Csv(',', charset, List.of("a", "b"), false);
  }

  private static List<Payload> read(String text, int capacity) throws IOException {
    ReadableByteChannel channel =
        Channels.newChannel(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
    return CsvReaderTest.read(channel, LATIN, capacity);
  }

  private static List<String> texts(List<Payload> rows) {
    return rows.stream().map(LargeRowsTest::text).toList();
  }

  private static String text(Payload row) {
    return new String(row.array(), row.from(), row.length(), ISO_8859_1);
  }
}

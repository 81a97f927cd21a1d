package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with lines that are split in memory, byte by byte. */
class LineReaderTest {
  private static final int BUFFER = ReadBuffer.SIZE;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n\n",
        "\r\n",
        "\r",
        "a",
        "a\n",
        "a\r\n",
        "a\nb\nc",
        "a\r\nb\r\n",
        "a\r",
        "\na\n\nb",
        "a\rb\r\r\n",
        "\r\r\n\n\r"
      })
  void splitsAtLineFeeds(String text) throws IOException {
    holds(text);
  }

  @Test
  void keepsLinesAtTheEndOfTheBuffer() throws IOException {
    for (int length = BUFFER - 3; length <= BUFFER + 3; length++) {
      holds("first\n" + line(length) + "\nlast\n");
      holds(line(length) + "\r\n\r\nlast");
      holds(line(length));
    }
  }

  @Test
  void readsARecordOfTheMaximumSize() throws IOException {
    holds("first\n" + line(MAX_SIZE) + "\nlast\n");
    holds("first\n" + line(MAX_SIZE) + "\r\nlast\n");
    holds(line(MAX_SIZE) + "\r");
    holds(line(MAX_SIZE));
  }

  @Test
  void keepsTheBeginningOfALargerOneAndItsSize() throws IOException {
    String text = "first\n" + line(MAX_SIZE + 1) + "\nlast\n";

    assertThat(split(text).get(1).size()).isEqualTo(MAX_SIZE + 1);
    holds(text);
    for (int more = 1; more <= 3; more++) {
      holds(line(MAX_SIZE + more) + "\r\nlast\n");
      holds(line(MAX_SIZE + more) + "\r");
      holds(line(MAX_SIZE + more));
    }
  }

  @Test
  void skipsTheRestOfAHugeLineBetweenSmallOnes() throws IOException {
    holds("a\nb\n" + line(5 << 20) + "\nc\n" + line((5 << 20) + 1) + "\r\nd\n\ne");
  }

  @Test
  void endsAHugeLineAtALineFeedAfterAFullBuffer() throws IOException {
    for (int length = MAX_SIZE + BUFFER - 2; length <= MAX_SIZE + BUFFER + 2; length++) {
      holds(line(length) + "\nb");
      holds(line(length) + "\r\nb");
      holds(line(length + MAX_SIZE) + "\r\nb");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 70_000, 3_000_000})
  void readsFromChannelsThatReturnFewBytes(int most) throws IOException {
    Random random = new Random(most);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append(line(random.nextInt(random.nextInt(10) == 0 ? 9_000 : 40)));
      text.append(random.nextBoolean() ? "\n" : "\r\n");
    }
    if (most > 10) {
      text.append(line(MAX_SIZE + 2)).append("\r\n").append(line(3 << 20)).append("\nend");
    }

    holds(text.toString(), new SparingChannel(bytes(text.toString()), most, random), 0);
  }

  @Test
  void countsFromAnInitialPosition() throws IOException {
    String text = "ab\ncd\n" + line(2 << 20) + "\nef";

    holds(text, Channels.newChannel(new ByteArrayInputStream(bytes(text))), 1_000_000_000_000L);
  }

  private static void holds(String text) throws IOException {
    holds(text, Channels.newChannel(new ByteArrayInputStream(bytes(text))), 0);
  }

  /** All lines are compared when the last is read, so none may have been overwritten. */
  private static void holds(String text, ReadableByteChannel channel, long position)
      throws IOException {
    List<Payload> expected = split(text, position);
    List<Payload> lines = new ArrayList<>();
    ReadBuffer buffer = new ReadBuffer(channel, position, BUFFER);
    try (LineReader reader = new LineReader(buffer, "file:")) {
      long next = reader.position();
      for (Payload line = reader.next(); line != null; line = reader.next()) {
        assertThat(line.position()).isEqualTo(next);
        assertThat(reader.lastPosition()).isEqualTo(next);
        next = reader.position();
        lines.add(line);
      }
      assertThat(next).isEqualTo(position + text.length());
      assertThat(reader.isAtEnd()).isTrue();
    }
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).source()).isEqualTo(expected.get(i).source());
      assertThat(lines.get(i).size()).isEqualTo(expected.get(i).size());
      assertThat(encoded(lines.get(i))).isEqualTo(encoded(expected.get(i)));
    }
  }

  private static List<Payload> split(String text) {
    return split(text, 0);
  }

  private static List<Payload> split(String text, long position) {
    List<Payload> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(start, end);
      String record = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      int kept = record.length() > MAX_SIZE ? KEPT_OF_TOO_LARGE : record.length();
      lines.add(new Payload("file:", position + start, bytes(record), 0, kept, record.length()));
      start = end + 1;
    }
    return lines;
  }

  /** A line of letters whose period is not a power of two. */
  private static String line(int length) {
    return "abcdefghijklmnopqrstuvw".repeat(length / 23 + 1).substring(0, length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] encoded(Payload payload) throws IOException {
    return CoderUtils.encodeToByteArray(PayloadBatch.coder(), new PayloadBatch(List.of(payload)));
  }
}

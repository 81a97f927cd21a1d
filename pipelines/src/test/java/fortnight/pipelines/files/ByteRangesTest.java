package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import fortnight.pipelines.TestRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line of a file that is read in ranges of 4 MiB is read exactly once. */
class ByteRangesTest {
  private static final int RANGE = 4 << 20;
  private static final int KEPT = 1 << 16;

  @TempDir Path directory;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final Random random = new Random(9);
  private final List<Long> brokenLines = new ArrayList<>();
  private int sales;

  @Test
  void readsEachLineOnceWhereRangesMeetInLines() throws IOException {
    fill();
    Path input = directory.resolve("sales.jsonl");
    Files.write(input, file.toByteArray());

    holds(input);
  }

  @Test
  void countsOffsetsOfCompressedInputInDecompressedBytes() throws IOException {
    fill();
    Path input = directory.resolve("sales.jsonl.gz");
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(input))) {
      file.writeTo(packed);
    }

    holds(input);
  }

  private void holds(Path input) throws IOException {
    Path output = directory.resolve("out");

    TestRun run = TestRun.of("--input=" + input, "--output=" + output, "--analyses=product-volume");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("accepted")).isEqualTo(sales);
    List<String> rows = Files.readAllLines(output.resolve("product-volume.jsonl"));
    assertThat(rows).hasSize(sales);
    for (int item = 0; item < sales; item++) {
      assertThat(rows.get(item)).contains("\"item_id\":" + item + ",\"line_items\":1,\"units\":1,");
    }
    List<Map<String, String>> letters = letters(output.resolve("dead-letters.jsonl"));
    assertThat(letters)
        .extracting(letter -> letter.get("source"))
        .isEqualTo(brokenLines.stream().map(offset -> input + ":" + offset).toList());
    byte[] bytes = file.toByteArray();
    for (int i = 0; i < letters.size(); i++) {
      byte[] payload = letters.get(i).get("payload").getBytes(UTF_8);
      int offset = Math.toIntExact(brokenLines.get(i));
      assertThat(Arrays.copyOfRange(bytes, offset, offset + payload.length)).isEqualTo(payload);
      assertThat(payload.length == KEPT || bytes[offset + payload.length] == '\n').isTrue();
    }
  }

  /** Ranges end between lines, after a line's first byte, within lines, and within a huge line. */
  private void fill() throws IOException {
    fillTo(RANGE);
    fillTo(2 * RANGE - 1);
    sale(3);
    someLines(RANGE / 2);
    broken(2 * RANGE + 17);
    someLines(RANGE);
  }

  private void fillTo(int size) throws IOException {
    someLines(size - file.size() - (1 << 19));
    sale(size - file.size());
    assertThat(file.size()).isEqualTo(size);
  }

  private void someLines(int bytes) throws IOException {
    int end = file.size() + bytes;
    while (file.size() < end) {
      switch (random.nextInt(6)) {
        case 0 -> sale(100_000 + random.nextInt(200_000));
        case 1 -> broken(1 + random.nextInt(3_000));
        case 2 -> file.write('\n');
        default -> sale(0);
      }
    }
  }

  /** A sale of an item of its own, padded to at least this number of bytes, including the LF. */
  private void sale(int size) throws IOException {
    String start =
        "{\"transaction_id\":%d,\"timestamp\":\"2022-12-26T09:00\",\"line_items\":".formatted(sales)
            + "[{\"item_id\":%d,\"quantity\":1}],\"note\":\"".formatted(sales);
    String end = "\"}\n";
    sales++;
    file.write((start + "n".repeat(Math.max(0, size - start.length() - 3)) + end).getBytes(UTF_8));
  }

  private void broken(int size) throws IOException {
    brokenLines.add((long) file.size());
    file.write("x".repeat(size).getBytes(UTF_8));
    file.write('\n');
  }

  private static List<Map<String, String>> letters(Path path) throws IOException {
    List<Map<String, String>> letters = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      Map<String, String> letter = new HashMap<>();
      try (JsonParser json = new JsonFactory().createParser(line)) {
        json.nextToken();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          letter.put(name, json.nextTextValue());
        }
      }
      letters.add(letter);
    }
    return letters;
  }
}

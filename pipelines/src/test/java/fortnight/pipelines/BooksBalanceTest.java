package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each record of any input is accepted, rejected, or outside the range; none is lost. */
class BooksBalanceTest {
  private static final int LINES = 100_000;

  private static final List<String> VALID =
      List.of(
          "{\"transaction_id\": 1, \"customer_id\": 7, \"timestamp\": \"2023-01-01T05:59:40.799777\","
              + " \"line_items\": [{\"item_id\": 10, \"quantity\": 1}]}",
          "{\"transaction_id\": \"é-2\", \"timestamp\": \"2023-01-05 06:00Z\", \"line_items\": []}",
          "{\"timestamp\":\"2023-01-09T10:00:00+02:00\",\"note\":{\"a\":[null,1.5e3,true]},"
              + "\"line_items\":[{\"quantity\":-2,\"item_id\":\"x\"}],\"transaction_id\":12345678901}",
          "");

  @TempDir Path directory;

  @Test
  void balanceOnAnyInput() throws IOException {
    byte[] bytes = mutatedLines(new Random(2023));
    Path input = Files.write(directory.resolve("mutated.jsonl"), bytes);
    Path output = directory.resolve("out");
    String[] args = {
      "--input=" + input, "--output=" + output, "--from=2023-01-01T05:00", "--until=2023-01-08"
    };

    TestRun run = TestRun.of(args);

    assertThat(run.status()).as(run.err()).isZero();
    long read = run.count("records read");
    long rejected = run.count("rejected");
    assertThat(List.of(run.count("accepted"), rejected, run.count("outside --from/--until")))
        .allMatch(count -> count > LINES / 20);
    assertThat(run.count("duplicates dropped")).isZero();
    assertThat(run.count("accepted") + rejected + run.count("outside --from/--until"))
        .isEqualTo(read);
    assertThat(read).isEqualTo(recordsIn(bytes));
    Map<String, String> files = TestRun.texts(output);
    assertThat(files.get("dead-letters.jsonl").lines().count()).isEqualTo(rejected);

    TestRun again = TestRun.of(args);

    assertThat(again.status()).isZero();
    assertThat(TestRun.texts(output)).isEqualTo(files);
  }

  @Test
  void losesNoTooLargeRecordThatBeginsBlank() throws IOException {
    String large = " ".repeat(70_000) + "{" + " ".repeat(1 << 20) + "}";
    Path input =
        Files.writeString(directory.resolve("large.jsonl"), VALID.get(0) + "\n" + large + "\n");

    TestRun run = TestRun.of("--input=" + input, "--output=" + directory.resolve("out"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("records read")).isEqualTo(2);
    assertThat(run.count("TOO_LARGE")).isEqualTo(1);
  }

  /** Lines that are not blank. */
  private static long recordsIn(byte[] bytes) {
    long records = 0;
    boolean blank = true;
    for (byte b : bytes) {
      if (b == '\n') {
        records += blank ? 0 : 1;
        blank = true;
      } else {
        blank &= b == ' ' || b == '\t' || b == '\r';
      }
    }
    return records + (blank ? 0 : 1);
  }

  private static byte[] mutatedLines(Random random) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < LINES; i++) {
      byte[] line = VALID.get(random.nextInt(VALID.size())).getBytes(UTF_8);
      for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
        line = mutated(line, random);
      }
      file.write(line);
      file.write('\n');
    }
    return file.toByteArray();
  }

  private static byte[] mutated(byte[] line, Random random) {
    int at = random.nextInt(line.length + 1);
    byte[] begin = Arrays.copyOf(line, at);
    byte[] rest = Arrays.copyOfRange(line, at, line.length);
    byte[] withoutFirst = Arrays.copyOfRange(rest, Math.min(1, rest.length), rest.length);
    return switch (random.nextInt(5)) {
      case 0 -> joined(begin, new byte[] {(byte) random.nextInt(256)}, withoutFirst);
      case 1 -> joined(begin, new byte[] {(byte) random.nextInt(256)}, rest);
      case 2 -> joined(begin, withoutFirst);
      case 3 -> joined(begin, rest, rest);
      default -> random.nextInt(10) == 0 ? begin : joined(begin, bytesOfJson(random), rest);
    };
  }

  private static byte[] bytesOfJson(Random random) {
    List<String> pieces = List.of("{", "}", "[", "\"", ",", ":", "0", "-", "null", " ", "\r", "\\");
    return pieces.get(random.nextInt(pieces.size())).getBytes(UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      line.writeBytes(part);
    }
    return line.toByteArray();
  }
}

package fortnight.transforms.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with loops over single bytes. */
class ByteScannerTest {
  private static final int RUNS = 200_000;

  private final Random random = new Random(8);

  @Test
  void agreesWithABytewiseScan() {
    for (int run = 0; run < RUNS; run++) {
      byte[] array = bytes();
      int from = random.nextInt(array.length + 1);
      int end = from + random.nextInt(array.length - from + 1);

      assertThat(ByteScanner.indexOfNewline(array, from, end)).isEqualTo(newline(array, from, end));
      assertThat(ByteScanner.endOfPlain(array, from, end)).isEqualTo(endOfPlain(array, from, end));
    }
  }

  /** Returns mostly plain bytes; otherwise special bytes and the values next to them. */
  private byte[] bytes() {
    byte[] array = new byte[random.nextInt(40)];
    int[] others = {
      '\n', '\n' + 1, '\n' - 1, '"', '"' + 1, '\\', '\\' - 1, ' ', 31, 0, -1, -128, 127
    };
    for (int i = 0; i < array.length; i++) {
      boolean plain = random.nextInt(6) > 0;
      array[i] = (byte) (plain ? 'a' + random.nextInt(26) : others[random.nextInt(others.length)]);
    }
    return array;
  }

  private static int newline(byte[] array, int from, int end) {
    int i = from;
    while (i < end && array[i] != '\n') {
      i++;
    }
    return i;
  }

  private static int endOfPlain(byte[] array, int from, int end) {
    int i = from;
    while (i < end && ByteScanner.isPlain(array[i])) {
      i++;
    }
    return i;
  }
}

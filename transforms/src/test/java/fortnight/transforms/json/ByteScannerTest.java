package fortnight.transforms.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
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

  @Test
  void findsTheEndOfDigits() {
    for (int run = 0; run < RUNS; run++) {
      byte[] array = digits();
      int from = random.nextInt(array.length + 1);
      int end = from + random.nextInt(array.length - from + 1);

      assertThat(ByteScanner.endOfDigits(array, from, end))
          .isEqualTo(endOfDigits(array, from, end));
    }
  }

  @Test
  void readsANumberOfUpToEightDigits() {
    for (int run = 0; run < RUNS; run++) {
      byte[] array = digits();
      int from = random.nextInt(array.length);
      int end = from + 1 + random.nextInt(array.length - from);
      int digits = Math.min(endOfDigits(array, from, end) - from, Long.BYTES);

      long bytes = ByteScanner.at(array, from, end);

      assertThat(ByteScanner.countDigits(bytes)).isEqualTo(digits);
      if (digits > 0) {
        String text = new String(array, from, digits, US_ASCII);
        assertThat(ByteScanner.number(bytes, digits)).isEqualTo(Long.parseLong(text));
      }
    }
  }

  @Test
  void readsNoByteAtOrAfterTheEnd() {
    byte[] array = "0123456789".getBytes(US_ASCII);

    assertThat(ByteScanner.at(array, 1, 10)).isEqualTo(0x38_37_36_35_34_33_32_31L);
    assertThat(ByteScanner.at(array, 7, 9)).isEqualTo(0x38_37);
    assertThat(ByteScanner.at(array, 0, 2)).isEqualTo(0x31_30);
  }

  @Test
  void removesAByte() {
    assertThat(ByteScanner.without(0x38_37_36_35_34_33_2E_31L, 1))
        .isEqualTo(0x38_37_36_35_34_33_31L);
    assertThat(ByteScanner.without(0x2E_37_36_35_34_33_32_31L, 7))
        .isEqualTo(0x37_36_35_34_33_32_31L);
  }

  /** Returns mostly digits; otherwise the bytes next to them, and special bytes. */
  private byte[] digits() {
    byte[] array = new byte[1 + random.nextInt(40)];
    int[] others = {'0' - 1, '9' + 1, '.', 'e', '-', ' ', 0, -1, -128, 127, '0' + 128, '9' + 128};
    for (int i = 0; i < array.length; i++) {
      boolean isDigit = random.nextInt(6) > 0;
      array[i] =
          (byte) (isDigit ? '0' + random.nextInt(10) : others[random.nextInt(others.length)]);
    }
    return array;
  }

  private static int endOfDigits(byte[] array, int from, int end) {
    int i = from;
    while (i < end && ByteScanner.isDigit(array[i])) {
      i++;
    }
    return i;
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

package fortnight.transforms;

import java.util.Arrays;

/** Bytes that are found among others by comparing eight at a time. */
final class Literal {
  private final byte[] bytes;

  Literal(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  int length() {
    return bytes.length;
  }

  /** Whether {@code array[from, end)} begins with it. */
  boolean begins(byte[] array, int from, int end) {
    int length = bytes.length;
    if (end - from < length) {
      return false;
    }
    if (length < Long.BYTES) {
      return Arrays.equals(array, from, from + length, bytes, 0, length);
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if (EightBytes.at(array, from + i) != EightBytes.at(bytes, i)) {
        return false;
      }
    }
    // Some of these may have been compared before; all that are left are among them.
    return EightBytes.at(array, from + last) == EightBytes.at(bytes, last);
  }
}

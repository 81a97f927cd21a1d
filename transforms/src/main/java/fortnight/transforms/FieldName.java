package fortnight.transforms;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The name of a field with its quotes, found among bytes by two comparisons: its first eight bytes
 * and its last eight say all of it, since it has from 8 to 16.
 */
final class FieldName {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final int length;
  private final long first;
  private final long last;

  private FieldName(byte[] quoted) {
    this.length = quoted.length;
    this.first = eightBytes(quoted, 0);
    this.last = eightBytes(quoted, length - Long.BYTES);
  }

  static FieldName of(String name) {
    byte[] quoted = ('"' + name + '"').getBytes(US_ASCII);
    if (quoted.length < Long.BYTES || quoted.length > 2 * Long.BYTES) {
      throw new IllegalArgumentException("name = " + name + " must have 6 to 14 characters");
    }
    return new FieldName(quoted);
  }

  /** In bytes, with the quotes. */
  int length() {
    return length;
  }

  /** Whether {@code array[from, end)} begins with it. */
  boolean begins(byte[] array, int from, int end) {
    return end - from >= length
        && eightBytes(array, from) == first
        && eightBytes(array, from + length - Long.BYTES) == last;
  }

  private static long eightBytes(byte[] array, int from) {
    return (long) EIGHT_BYTES.get(array, from);
  }
}

package fortnight.transforms;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are found among others by comparing eight at a time. */
final class Literal {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final byte[] bytes;
  private final int length;

  Literal(byte[] bytes) {
    this.bytes = bytes.clone();
    this.length = bytes.length;
  }

  int length() {
    return length;
  }

  /** Whether {@code array[from, end)} begins with it. */
  boolean begins(byte[] array, int from, int end) {
    if (end - from < length) {
      return false;
    }
    if (length < Long.BYTES) {
      return Arrays.equals(array, from, from + length, bytes, 0, length);
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if (eightBytes(array, from + i) != eightBytes(bytes, i)) {
        return false;
      }
    }
    // Some of these may have been compared before; all that are left are among them.
    return eightBytes(array, from + last) == eightBytes(bytes, last);
  }

  private static long eightBytes(byte[] array, int from) {
    return (long) EIGHT_BYTES.get(array, from);
  }
}

package fortnight.transforms;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What can be told of eight bytes at a time, the first of them lowest. */
final class EightBytes {
  private static final VarHandle IN_ARRAY =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = ONES << 7;

  private EightBytes() {}

  static long at(byte[] array, int index) {
    return (long) IN_ARRAY.get(array, index);
  }

  /** Where in {@code array[from, end)} the first byte is that does not stand for itself in JSON. */
  static int endOfPlain(byte[] array, int from, int end) {
    int next = from;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      long unusual = unusual(at(array, next));
      if (unusual != 0) {
        return next + Long.numberOfTrailingZeros(unusual) / Byte.SIZE;
      }
    }
    while (next < end && Ascii.isPlain(array[next])) {
      next++;
    }
    return next;
  }

  /**
   * The lowest bit that is set belongs to the first byte that is a quote, a backslash, below space,
   * or not ASCII. Those above may be wrong, since such a byte borrows from the next.
   */
  private static long unusual(long bytes) {
    long quotes = bytes ^ (ONES * '"');
    long backslashes = bytes ^ (ONES * '\\');
    return ((quotes - ONES) | (backslashes - ONES) | (bytes - ONES * ' ') | bytes) & HIGHEST_BITS;
  }
}

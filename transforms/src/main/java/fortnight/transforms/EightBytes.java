package fortnight.transforms;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at the bytes of an array eight at a time, the first of them lowest in a long. */
public final class EightBytes {
  private static final VarHandle IN_ARRAY =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = ONES << 7;

  private EightBytes() {}

  static long at(byte[] array, int index) {
    return (long) IN_ARRAY.get(array, index);
  }

  /** Where in {@code array[from, end)} the first LF is; {@code end} where there is none. */
  public static int indexOfNewline(byte[] array, int from, int end) {
    int next = from;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      long found = newlines(at(array, next));
      if (found != 0) {
        return next + first(found);
      }
    }
    while (next < end && array[next] != '\n') {
      next++;
    }
    return next;
  }

  /** Where in {@code array[from, end)} the first byte is that does not stand for itself in JSON. */
  static int endOfPlain(byte[] array, int from, int end) {
    int next = from;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      long found = unusual(at(array, next));
      if (found != 0) {
        return next + first(found);
      }
    }
    while (next < end && Ascii.isPlain(array[next])) {
      next++;
    }
    return next;
  }

  /** Only the lowest bit that is set is sure: a byte that is found borrows from the next. */
  private static int first(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }

  private static long newlines(long bytes) {
    long others = bytes ^ (ONES * '\n');
    return (others - ONES) & ~others & HIGHEST_BITS;
  }

  /** Quotes, backslashes, what is below space, and what is not ASCII. */
  private static long unusual(long bytes) {
    long quotes = bytes ^ (ONES * '"');
    long backslashes = bytes ^ (ONES * '\\');
    return ((quotes - ONES) | (backslashes - ONES) | (bytes - ONES * ' ') | bytes) & HIGHEST_BITS;
  }
}

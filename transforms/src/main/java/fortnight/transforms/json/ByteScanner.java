package fortnight.transforms.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Scans bytes eight at a time, as little-endian longs: the first byte is the lowest. */
public final class ByteScanner {
  private static final VarHandle LONG_VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;

  private ByteScanner() {}

  public static long at(byte[] array, int index) {
    return (long) LONG_VIEW.get(array, index);
  }

  /** Returns the eight bytes at an index before {@code end}, with zeros from there on. */
  public static long at(byte[] array, int index, int end) {
    int missing = index + Long.BYTES - end;
    if (missing <= 0) {
      return at(array, index);
    }
    if (end >= Long.BYTES) {
      return at(array, end - Long.BYTES) >>> (Byte.SIZE * missing);
    }
    return at(Arrays.copyOf(Arrays.copyOfRange(array, index, end), Long.BYTES), 0);
  }

  /** Returns the byte with this index, 0 to 7, of eight bytes; the first one for 8. */
  public static byte byteAt(long bytes, int index) {
    return (byte) (bytes >>> (Byte.SIZE * index));
  }

  /** Returns the index of the first LF in {@code array[from, end)}; {@code end} if not found. */
  public static int indexOfNewline(byte[] array, int from, int end) {
    int next = from;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      long found = newlines(at(array, next));
      if (found != 0) {
        return next + firstIndex(found);
      }
    }
    while (next < end && array[next] != '\n') {
      next++;
    }
    return next;
  }

  /** Returns the index of the first byte in {@code array[from, end)} that is not plain, or end. */
  public static int endOfPlain(byte[] array, int from, int end) {
    int next = from;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      long found = notPlain(at(array, next));
      if (found != 0) {
        return next + firstIndex(found);
      }
    }
    while (next < end && isPlain(array[next])) {
      next++;
    }
    return next;
  }

  /**
   * Returns the index of the first byte in {@code array[from, end)} that is not a digit, or end.
   */
  public static int endOfDigits(byte[] array, int from, int end) {
    int next = from;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      long found = notDigits(at(array, next));
      if (found != 0) {
        return next + firstIndex(found);
      }
    }
    while (next < end && isDigit(array[next])) {
      next++;
    }
    return next;
  }

  /** Returns how many of eight bytes are digits, from the first byte on. */
  public static int countDigits(long bytes) {
    return firstIndex(notDigits(bytes));
  }

  /** Returns the number that the first {@code digits} of eight bytes write; there is at least 1. */
  public static long number(long bytes, int digits) {
    // The digits move to the end, after zeros. Then each lane joins its digits with the next lane.
    long ones = (bytes ^ (ONES * '0')) << (Long.SIZE - Byte.SIZE * digits);
    long pairs = (10 * ones + (ones >>> 8)) & 0x00FF_00FF_00FF_00FFL;
    long fours = (100 * pairs + (pairs >>> 16)) & 0x0000_FFFF_0000_FFFFL;
    return (10_000 * fours + (fours >>> 32)) & 0xFFFF_FFFFL;
  }

  /** Removes the byte with this index from eight bytes. */
  public static long without(long bytes, int index) {
    long before = (1L << (Byte.SIZE * index)) - 1;
    return (bytes & before) | ((bytes >>> Byte.SIZE) & ~before);
  }

  /**
   * Only the lowest set bit is reliable: a match borrows from the next byte. 8 if no bit is set.
   */
  private static int firstIndex(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3; // Faster than a division of signed integers.
  }

  private static long newlines(long bytes) {
    long others = bytes ^ (ONES * '\n');
    return (others - ONES) & ~others & HIGH_BITS;
  }

  private static long notDigits(long bytes) {
    long values = bytes ^ (ONES * '0');
    return ((values + ONES * (0x80 - 10)) | values) & HIGH_BITS;
  }

  /** Marks quotes, backslashes, control characters and non-ASCII bytes. */
  private static long notPlain(long bytes) {
    long quotes = bytes ^ (ONES * '"');
    long backslashes = bytes ^ (ONES * '\\');
    return ((quotes - ONES) | (backslashes - ONES) | (bytes - ONES * ' ') | bytes) & HIGH_BITS;
  }

  public static boolean isSpace(byte b) {
    return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Returns whether JSON strings contain the byte unescaped, and it is ASCII (not negative). */
  public static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }
}

package fortnight.transforms.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Looks at the bytes of an array eight at a time, the first of them lowest in a long. */
public final class ByteScanner {
  private static final VarHandle IN_ARRAY =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = ONES << 7;

  private ByteScanner() {}

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
    while (next < end && isPlain(array[next])) {
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

  static boolean isSpace(byte b) {
    return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Whether a byte is an unescaped ASCII character of a string; negative bytes are not ASCII. */
  static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /** Bytes that are found among others by comparing eight at a time. */
  static final class Literal {
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
        if (at(array, from + i) != at(bytes, i)) {
          return false;
        }
      }
      // Some of these may have been compared before; all that are left are among them.
      return at(array, from + last) == at(bytes, last);
    }
  }
}

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

  /** Only the lowest set bit is reliable: a match borrows from the next byte. */
  private static int firstIndex(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }

  private static long newlines(long bytes) {
    long others = bytes ^ (ONES * '\n');
    return (others - ONES) & ~others & HIGH_BITS;
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

  /** A byte sequence that is compared eight bytes at a time. */
  public static final class Literal {
    private final byte[] bytes;
    private final int length;

    /** The first eight bytes, or all of them. */
    private final long first;

    /** Selects the bytes of {@link #first}. */
    private final long mask;

    public Literal(byte[] bytes) {
      this.bytes = bytes.clone();
      this.length = bytes.length;
      this.first = at(Arrays.copyOf(bytes, Math.max(Long.BYTES, bytes.length)), 0);
      this.mask = bytes.length < Long.BYTES ? (1L << (Byte.SIZE * bytes.length)) - 1 : -1;
    }

    public int length() {
      return length;
    }

    /** Returns whether {@code array[from, end)} starts with this literal. */
    public boolean isAt(byte[] array, int from, int end) {
      int remaining = end - from;
      if (remaining < Long.BYTES) {
        return remaining >= length && Arrays.equals(array, from, from + length, bytes, 0, length);
      }
      if (((at(array, from) ^ first) & mask) != 0) {
        return false;
      }
      return length <= Long.BYTES || (remaining >= length && isRestAt(array, from));
    }

    /** Compares the bytes after the first eight. */
    private boolean isRestAt(byte[] array, int from) {
      int last = length - Long.BYTES;
      for (int i = Long.BYTES; i < last; i += Long.BYTES) {
        if (at(array, from + i) != at(bytes, i)) {
          return false;
        }
      }
      // The last eight bytes may overlap those already compared.
      return at(array, from + last) == at(bytes, last);
    }
  }
}

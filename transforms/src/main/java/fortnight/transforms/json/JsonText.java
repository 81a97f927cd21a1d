package fortnight.transforms.json;

import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Utf8;

/**
 * Finds the ends of JSON values in bytes, and validates them as Jackson does. Methods return the
 * index after the value, or {@link #INVALID} for values that are left to {@link JacksonParser}:
 * invalid ones, and those that are nested too deeply.
 */
public final class JsonText {
  public static final int INVALID = -1;

  /** Maximum depth of arrays and objects, which have a bit each in a long. */
  private static final int MAX_DEPTH = Long.SIZE;

  /** The byte returned after the end; JSON does not contain it. */
  private static final byte END_OF_INPUT = 0;

  private JsonText() {}

  public static byte byteAt(byte[] array, int index, int end) {
    return index < end ? array[index] : END_OF_INPUT;
  }

  /** Returns the index of the first byte that is not white space, or {@code end}. */
  public static int afterSpace(byte[] array, int from, int end) {
    int next = from;
    while (next < end && ByteScanner.isSpace(array[next])) {
      next++;
    }
    return next;
  }

  /** Returns the end of the value of any kind at {@code from}. */
  public static int endOfValue(byte[] array, int from, int end) {
    return switch (byteAt(array, from, end)) {
      case '{', '[' -> endOfContainer(array, from, end);
      default -> endOfScalar(array, from, end);
    };
  }

  /** Returns the end of the string, number, or literal at {@code from}. */
  public static int endOfScalar(byte[] array, int from, int end) {
    return switch (byteAt(array, from, end)) {
      case '"' -> endOfString(array, from, end);
      case 't' -> endOfLiteral(array, from, end, "true");
      case 'f' -> endOfLiteral(array, from, end, "false");
      case 'n' -> endOfLiteral(array, from, end, "null");
      default -> endOfNumber(array, from, end);
    };
  }

  private static int endOfLiteral(byte[] array, int from, int end, String literal) {
    for (int i = 1; i < literal.length(); i++) {
      if (byteAt(array, from + i, end) != literal.charAt(i)) {
        return INVALID;
      }
    }
    return from + literal.length();
  }

  /** Returns the end of the number at {@code from}. */
  public static int endOfNumber(byte[] array, int from, int end) {
    int first = byteAt(array, from, end) == '-' ? from + 1 : from;
    int next =
        byteAt(array, first, end) == '0' ? first + 1 : ByteScanner.endOfDigits(array, first, end);
    byte following = byteAt(array, next, end);
    if (next == first) {
      return INVALID;
    }
    return following == '.' || (following | 0x20) == 'e' ? endOfDecimal(array, next, end) : next;
  }

  /** Returns the end of a number whose integer part ends at {@code from}. */
  private static int endOfDecimal(byte[] array, int from, int end) {
    int next = from;
    if (array[next] == '.') {
      int afterFraction = ByteScanner.endOfDigits(array, next + 1, end);
      if (afterFraction == next + 1) {
        return INVALID;
      }
      next = afterFraction;
    }
    if ((byteAt(array, next, end) | 0x20) == 'e') {
      byte sign = byteAt(array, next + 1, end);
      int digits = sign == '-' || sign == '+' ? next + 2 : next + 1;
      next = ByteScanner.endOfDigits(array, digits, end);
      if (next == digits) {
        return INVALID;
      }
    }
    return next;
  }

  /** Returns the end of the string whose opening quote is at {@code from}. */
  public static int endOfString(byte[] array, int from, int end) {
    int next = ByteScanner.endOfPlain(array, from + 1, end);
    return byteAt(array, next, end) == '"' ? next + 1 : endOfUnusual(array, from, next, end, true);
  }

  /** Like {@link #endOfString}, but invalid if the string contains an escape. */
  public static int endOfStringWithoutEscapes(byte[] array, int from, int end) {
    int next = ByteScanner.endOfPlain(array, from + 1, end);
    return byteAt(array, next, end) == '"' ? next + 1 : endOfUnusual(array, from, next, end, false);
  }

  /**
   * Returns the end of a string with escapes or non-ASCII characters, the first one at {@code at}.
   */
  private static int endOfUnusual(byte[] array, int from, int at, int end, boolean mayEscape) {
    int next = at;
    boolean isAscii = true;
    while (next < end) {
      byte b = array[next];
      if (b == '"') {
        boolean isValid = isAscii || Utf8.isWellFormed(array, from + 1, next - from - 1);
        return isValid ? next + 1 : INVALID;
      }
      if (b == '\\') {
        next = mayEscape ? afterEscape(array, next, end) : INVALID;
        if (next == INVALID) {
          return INVALID;
        }
      } else if (b < 0) {
        isAscii = false;
        next++;
      } else if (b < ' ') {
        return INVALID;
      }
      next = ByteScanner.endOfPlain(array, next, end);
    }
    return INVALID;
  }

  private static int afterEscape(byte[] array, int backslash, int end) {
    switch (byteAt(array, backslash + 1, end)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return backslash + 2;
      }
      case 'u' -> {
        for (int i = backslash + 2; i < backslash + 6; i++) {
          if (Character.digit(byteAt(array, i, end), 16) < 0) {
            return INVALID;
          }
        }
        return backslash + 6;
      }
      default -> {
        return INVALID;
      }
    }
  }

  /** Returns the start of the value after the key that starts at {@code from}. */
  public static int afterKey(byte[] array, int from, int end) {
    if (byteAt(array, from, end) != '"') {
      return INVALID;
    }
    int next = endOfString(array, from, end);
    if (next == INVALID) {
      return INVALID;
    }
    next = afterSpace(array, next, end);
    return byteAt(array, next, end) == ':' ? afterSpace(array, next + 1, end) : INVALID;
  }

  /** Returns the end of the array or object at {@code from}. */
  private static int endOfContainer(byte[] array, int from, int end) {
    long objects = 0; // One bit for each level: 1 for an object, 0 for an array.
    int depth = 0;
    int next = from;
    while (true) {
      byte first = byteAt(array, next, end);
      boolean isOpened = first == '{' || first == '[';
      if (isOpened) {
        if (depth == MAX_DEPTH) {
          return INVALID;
        }
        depth++;
        objects = objects << 1 | (first == '{' ? 1 : 0);
        next = afterSpace(array, next + 1, end);
        if (byteAt(array, next, end) != (first == '{' ? '}' : ']')) {
          next = first == '{' ? afterKey(array, next, end) : next;
          if (next == INVALID) {
            return INVALID;
          }
          continue;
        }
      } else {
        next = endOfScalar(array, next, end);
        if (next == INVALID) {
          return INVALID;
        }
        next = afterSpace(array, next, end);
      }
      // Closes all arrays and objects that end here.
      while (byteAt(array, next, end) == ((objects & 1) == 1 ? '}' : ']')) {
        next++;
        depth--;
        objects >>>= 1;
        if (depth == 0) {
          return next;
        }
        next = afterSpace(array, next, end);
      }
      if (byteAt(array, next, end) != ',') {
        return INVALID;
      }
      next = afterSpace(array, next + 1, end);
      if ((objects & 1) == 1) {
        next = afterKey(array, next, end);
        if (next == INVALID) {
          return INVALID;
        }
      }
    }
  }
}

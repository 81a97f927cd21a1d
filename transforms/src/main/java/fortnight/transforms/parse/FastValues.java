package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.transforms.Id;
import fortnight.transforms.formats.Scalar;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Converts valid JSON values {@code array[from, to)}, strings without escapes included, as {@link
 * JacksonParser} does; values that are unusual or invalid are left to it. A missing value has
 * {@code from == 0}.
 */
final class FastValues {
  /** The result for quantities that are left to {@link JacksonParser}. */
  static final long UNUSUAL = Long.MIN_VALUE;

  /** Maximum number of digits that always fit a long. */
  private static final int MAX_DIGITS = 18;

  /** Maximum absolute quantity accepted here. */
  private static final long MAX_PLAIN_QUANTITY = 1_000_000_000_000_000L;

  private FastValues() {}

  /** Returns null if the value is not a string or a plain integer. */
  static @Nullable Id id(byte[] array, int from, int to) {
    if (from == 0) {
      return null;
    }
    if (array[from] == '"') {
      return Id.ofString(new String(array, from + 1, to - from - 2, UTF_8));
    }
    long value = integer(array, from, to);
    return value == UNUSUAL ? null : Id.ofInteger(value);
  }

  /** Returns a plain integer, perhaps in quotes; {@link #UNUSUAL} for other values. */
  static long quantity(byte[] array, int from, int to) {
    if (from == 0) {
      return UNUSUAL;
    }
    boolean isString = array[from] == '"';
    long quantity = isString ? integer(array, from + 1, to - 1) : integer(array, from, to);
    return Math.abs(quantity) > MAX_PLAIN_QUANTITY ? UNUSUAL : quantity;
  }

  /** Leading zeros are invalid, and −0 is left to {@link JacksonParser}. */
  private static long integer(byte[] array, int from, int to) {
    boolean isNegative = from < to && array[from] == '-';
    int first = isNegative ? from + 1 : from;
    int digits = to - first;
    if (digits < 1 || digits > MAX_DIGITS) {
      return UNUSUAL;
    }
    if (array[first] == '0' && (isNegative || digits > 1)) {
      return UNUSUAL;
    }
    long value = 0;
    for (int i = first; i < to; i++) {
      if (!ByteScanner.isDigit(array[i])) {
        return UNUSUAL;
      }
      value = 10 * value + (array[i] - '0');
    }
    return isNegative ? -value : value;
  }

  /** Returns the value that a condition compares. */
  static Scalar scalar(byte[] array, int from, int to) {
    if (from == 0) {
      return Scalar.NULL;
    }
    return switch (array[from]) {
      case '"' -> Scalar.ofString(new String(array, from + 1, to - from - 2, UTF_8));
      case 't' -> Scalar.TRUE;
      case 'f' -> Scalar.FALSE;
      case 'n' -> Scalar.NULL;
      case '{', '[' -> Scalar.CONTAINER;
      default -> Scalar.ofNumber(new String(array, from, to - from, UTF_8));
    };
  }
}

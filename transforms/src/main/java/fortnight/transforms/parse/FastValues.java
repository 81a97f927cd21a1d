package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.transforms.Id;
import fortnight.transforms.formats.Scalar;
import fortnight.transforms.json.ByteScanner;
import fortnight.transforms.json.JsonText;
import java.util.stream.LongStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The located values of a record or line item, in an array with three elements for each slot: the
 * position of the value, its integer, and its decimal. Converts them as {@link JacksonParser} does;
 * values that are unusual or invalid are left to it.
 *
 * <p>The position is 0, where no value can be, if the value is missing.
 */
final class FastValues {
  /** The result for numbers that are not plain integers. */
  static final long UNUSUAL = Long.MIN_VALUE;

  /** Maximum number of digits that always fit a long. */
  private static final int MAX_DIGITS = 18;

  /** The number of elements for each slot. */
  private static final int WIDTH = 3;

  /** The number of bits for the number of decimals of a decimal, which follow its digits. */
  private static final int DECIMALS_BITS = 4;

  private static final int MAX_WRITTEN_DECIMALS = (1 << DECIMALS_BITS) - 1;

  /** By the exponent, up to the largest number of decimals. */
  private static final long[] POWERS_OF_TEN =
      LongStream.iterate(1, power -> 10 * power).limit(10).toArray();

  /** Maximum number of digits of a decimal accepted here. */
  private static final int MAX_PLAIN_DIGITS = 15;

  /** Maximum absolute quantity accepted here. */
  private static final long MAX_PLAIN_QUANTITY = 1_000_000_000_000_000L;

  private FastValues() {}

  static long[] ofSlots(int slots) {
    return new long[WIDTH * slots];
  }

  static boolean isPresent(long[] values, int slot) {
    return values[WIDTH * slot] != 0;
  }

  /** Returns the start of a value, with its opening quote. */
  static int from(long[] values, int slot) {
    return (int) (values[WIDTH * slot] >>> Integer.SIZE);
  }

  /** Returns the end of a value, after its closing quote. */
  static int to(long[] values, int slot) {
    return (int) values[WIDTH * slot];
  }

  /**
   * Adds the JSON value at {@code array[from]}.
   *
   * @return its end; {@link JsonText#INVALID} if it is not valid, or a string with escapes
   */
  static int add(long[] values, int slot, byte[] array, int from, int end) {
    byte first = JsonText.byteAt(array, from, end);
    long integer = UNUSUAL;
    int to;
    if (first == '"') {
      to = JsonText.endOfStringWithoutEscapes(array, from, end);
    } else if (first >= '0' && first <= '9') {
      integer = (long) first - '0';
      to = from + 1;
      while (first != '0' && to < end && ByteScanner.isDigit(array[to])) {
        integer = 10 * integer + (array[to] - '0');
        to++;
      }
      byte following = JsonText.byteAt(array, to, end);
      if (following == '.') {
        return addDecimal(values, slot, array, from, to, end, integer);
      }
      boolean hasLeadingZero = first == '0' && ByteScanner.isDigit(following);
      if (to - from > MAX_DIGITS || hasLeadingZero || (following | 0x20) == 'e') {
        integer = UNUSUAL;
        to = JsonText.endOfValue(array, from, end);
      }
    } else {
      to = JsonText.endOfValue(array, from, end);
    }
    put(values, slot, from, to, integer, UNUSUAL);
    return to;
  }

  /**
   * Adds a number with a decimal point.
   *
   * @param integer the digits before the point
   */
  private static int addDecimal(
      long[] values, int slot, byte[] array, int from, int point, int end, long integer) {
    long digits = integer;
    int to = point + 1;
    while (to < end && ByteScanner.isDigit(array[to])) {
      digits = 10 * digits + (array[to] - '0');
      to++;
    }
    int decimals = to - point - 1;
    boolean isPlain =
        decimals > 0
            && decimals < POWERS_OF_TEN.length
            && to - from - 1 <= MAX_PLAIN_DIGITS
            && (JsonText.byteAt(array, to, end) | 0x20) != 'e';
    if (!isPlain) {
      to = JsonText.endOfValue(array, from, end);
    }
    put(values, slot, from, to, UNUSUAL, isPlain ? digits << DECIMALS_BITS | decimals : UNUSUAL);
    return to;
  }

  private static void put(long[] values, int slot, int from, int to, long integer, long decimal) {
    values[WIDTH * slot] = (long) from << Integer.SIZE | to;
    values[WIDTH * slot + 1] = integer;
    values[WIDTH * slot + 2] = decimal;
  }

  /** Returns whether a value is missing or null. */
  static boolean isNull(long[] values, int slot, byte[] array) {
    return !isPresent(values, slot) || array[from(values, slot)] == 'n';
  }

  /** Returns null if the value is missing, or not a string or a plain integer. */
  static @Nullable Id id(long[] values, int slot, byte[] array) {
    if (!isPresent(values, slot)) {
      return null;
    }
    int from = from(values, slot);
    if (array[from] == '"') {
      return Id.ofString(new String(array, from + 1, to(values, slot) - from - 2, UTF_8));
    }
    long integer = integer(values, slot, array);
    return integer == UNUSUAL ? null : Id.ofInteger(integer);
  }

  /** Returns a plain integer, perhaps in quotes; {@link #UNUSUAL} for other or missing values. */
  static long quantity(long[] values, int slot, byte[] array) {
    if (!isPresent(values, slot)) {
      return UNUSUAL;
    }
    int from = from(values, slot);
    long quantity =
        array[from] == '"'
            ? integer(array, from + 1, to(values, slot) - 1)
            : integer(values, slot, array);
    return Math.abs(quantity) > MAX_PLAIN_QUANTITY ? UNUSUAL : quantity;
  }

  /**
   * Returns a plain decimal, perhaps in quotes, in units of its last decimal; {@link #UNUSUAL} for
   * other or missing values.
   *
   * @param decimals the number of decimals; a value with more is unusual
   */
  static long decimal(long[] values, int slot, byte[] array, int decimals) {
    if (!isPresent(values, slot)) {
      return UNUSUAL;
    }
    long decimal = values[WIDTH * slot + 2];
    if (decimal != UNUSUAL) {
      return scaled(decimal >> DECIMALS_BITS, (int) decimal & MAX_WRITTEN_DECIMALS, decimals);
    }
    long integer = values[WIDTH * slot + 1];
    return integer == UNUSUAL
        ? textAsDecimal(array, from(values, slot), to(values, slot), decimals)
        : scaled(integer, 0, decimals);
  }

  private static long scaled(long value, int written, int decimals) {
    if (written > decimals) {
      return UNUSUAL;
    }
    long factor = POWERS_OF_TEN[decimals - written];
    return value <= MAX_PLAIN_QUANTITY / factor ? value * factor : UNUSUAL;
  }

  /** Returns a decimal that is negative or in quotes; {@link #UNUSUAL} for other values. */
  private static long textAsDecimal(byte[] array, int valueFrom, int valueTo, int decimals) {
    boolean isQuoted = array[valueFrom] == '"';
    int from = isQuoted ? valueFrom + 1 : valueFrom;
    int to = isQuoted ? valueTo - 1 : valueTo;
    boolean isNegative = from < to && array[from] == '-';
    int first = isNegative ? from + 1 : from;
    int point = first;
    long value = 0;
    while (point < to && ByteScanner.isDigit(array[point])) {
      value = 10 * value + (array[point++] - '0');
    }
    int written = 0;
    if (point < to) {
      written = to - point - 1;
      if (array[point] != '.' || written < 1 || written > decimals) {
        return UNUSUAL;
      }
      for (int i = point + 1; i < to; i++) {
        if (!ByteScanner.isDigit(array[i])) {
          return UNUSUAL;
        }
        value = 10 * value + (array[i] - '0');
      }
    }
    boolean hasLeadingZero = point - first > 1 && array[first] == '0';
    if (point == first || hasLeadingZero || point - first + decimals > MAX_PLAIN_DIGITS) {
      return UNUSUAL;
    }
    for (; written < decimals; written++) {
      value *= 10;
    }
    return isNegative ? -value : value;
  }

  private static long integer(long[] values, int slot, byte[] array) {
    long integer = values[WIDTH * slot + 1];
    return integer == UNUSUAL ? integer(array, from(values, slot), to(values, slot)) : integer;
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
  static Scalar scalar(long[] values, int slot, byte[] array) {
    if (!isPresent(values, slot)) {
      return Scalar.NULL;
    }
    int from = from(values, slot);
    int length = to(values, slot) - from;
    return switch (array[from]) {
      case '"' -> Scalar.ofString(new String(array, from + 1, length - 2, UTF_8));
      case 't' -> Scalar.TRUE;
      case 'f' -> Scalar.FALSE;
      case 'n' -> Scalar.NULL;
      case '{', '[' -> Scalar.CONTAINER;
      default -> Scalar.ofNumber(new String(array, from, length, UTF_8));
    };
  }
}

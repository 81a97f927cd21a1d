package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.transforms.Id;
import fortnight.transforms.formats.Scalar;
import fortnight.transforms.json.ByteScanner;
import fortnight.transforms.json.JsonText;
import java.util.stream.LongStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The located values of a record and a line item, in an array with two elements for each slot: the
 * position of the value, and its number. Converts them as {@link JacksonParser} does; values that
 * are unusual or invalid are left to it.
 *
 * <p>The position is 0, where no value can be, if the value is missing. The number is 0 if the
 * value is not a number of up to seven bytes, without a sign or exponent. Otherwise its lowest bit
 * is set, followed by four bits for the number of decimals, and the digits.
 */
final class FastValues {
  /** The result for numbers that are not plain ones. */
  static final long UNUSUAL = Long.MIN_VALUE;

  /** Maximum number of digits that always fit a long. */
  private static final int MAX_DIGITS = 18;

  /** The number of elements for each slot. */
  private static final int WIDTH = 2;

  private static final long NOT_SHORT = 0;

  private static final int DECIMALS_BITS = 4;

  /** The bits of a number below its digits. */
  private static final int NUMBER_BITS = 1 + DECIMALS_BITS;

  private static final int DECIMALS_MASK = (1 << DECIMALS_BITS) - 1;

  /** Maximum number of digits of a decimal accepted here. */
  private static final int MAX_PLAIN_DIGITS = 15;

  /** By the exponent. */
  private static final long[] POWERS_OF_TEN =
      LongStream.iterate(1, power -> 10 * power).limit(MAX_PLAIN_DIGITS + 1).toArray();

  /** Maximum absolute quantity accepted here. */
  private static final long MAX_PLAIN_QUANTITY = POWERS_OF_TEN[MAX_PLAIN_DIGITS];

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
    int to =
        JsonText.byteAt(array, from, end) == '"'
            ? JsonText.endOfStringWithoutEscapes(array, from, end)
            : JsonText.endOfValue(array, from, end);
    put(values, slot, from, to, NOT_SHORT);
    return to;
  }

  /** Like {@link #add}, but for a number that begins with a digit, and faster if it is short. */
  static int addNumber(long[] values, int slot, byte[] array, int from, int end) {
    long bytes = ByteScanner.at(array, from, end);
    if (isAfterNumber(ByteScanner.byteAt(bytes, 1))) { // As in most quantities.
      put(values, slot, from, from + 1, number((byte) bytes - '0', 0));
      return from + 1;
    }
    int count = ByteScanner.countDigits(bytes);
    if (!isAfterNumber(ByteScanner.byteAt(bytes, count)) || (byte) bytes == '0') {
      return addDecimal(values, slot, array, from, end);
    }
    put(values, slot, from, from + count, number(ByteScanner.number(bytes, count), 0));
    return from + count;
  }

  private static boolean isAfterNumber(byte following) {
    return following == ',' || following == '}';
  }

  /** Adds a number that is not a short integer; faster if it is a decimal of up to seven bytes. */
  private static int addDecimal(long[] values, int slot, byte[] array, int from, int end) {
    long bytes = ByteScanner.at(array, from, end);
    int point = ByteScanner.countDigits(bytes);
    long digits = ByteScanner.without(bytes, point);
    int count = ByteScanner.countDigits(digits);
    boolean isShortDecimal =
        ByteScanner.byteAt(bytes, point) == '.'
            && count > point
            && count + 1 < Long.BYTES
            && isAfterNumber(ByteScanner.byteAt(bytes, count + 1))
            && ((byte) bytes != '0' || point == 1);
    if (!isShortDecimal) {
      return add(values, slot, array, from, end);
    }
    int to = from + count + 1;
    put(values, slot, from, to, number(ByteScanner.number(digits, count), count - point));
    return to;
  }

  private static long number(long digits, int decimals) {
    return digits << NUMBER_BITS | (long) decimals << 1 | 1;
  }

  private static void put(long[] values, int slot, int from, int to, long number) {
    values[WIDTH * slot] = (long) from << Integer.SIZE | to;
    values[WIDTH * slot + 1] = number;
  }

  static void clear(long[] values, int slot) {
    values[WIDTH * slot] = 0;
    values[WIDTH * slot + 1] = NOT_SHORT;
  }

  /** Returns whether a value is missing or null. */
  static boolean isNull(long[] values, int slot, byte[] array) {
    return !isPresent(values, slot) || array[from(values, slot)] == 'n';
  }

  /** Returns null if the value is missing, or not a string or a plain integer. */
  static @Nullable Id id(long[] values, int slot, byte[] array) {
    long number = values[WIDTH * slot + 1];
    if (isInteger(number)) {
      return Id.ofInteger(number >> NUMBER_BITS);
    }
    if (!isPresent(values, slot)) {
      return null;
    }
    int from = from(values, slot);
    int to = to(values, slot);
    if (array[from] == '"') {
      return Id.ofString(new String(array, from + 1, to - from - 2, UTF_8));
    }
    long integer = integer(array, from, to);
    return integer == UNUSUAL ? null : Id.ofInteger(integer);
  }

  /** Returns a plain integer, perhaps in quotes; {@link #UNUSUAL} for other or missing values. */
  static long quantity(long[] values, int slot, byte[] array) {
    long number = values[WIDTH * slot + 1];
    long quantity = isInteger(number) ? number >> NUMBER_BITS : textAsInteger(values, slot, array);
    return Math.abs(quantity) > MAX_PLAIN_QUANTITY ? UNUSUAL : quantity;
  }

  private static boolean isInteger(long number) {
    return (number & ((1 << NUMBER_BITS) - 1)) == 1;
  }

  /** Returns an integer that is negative or in quotes; {@link #UNUSUAL} for other values. */
  private static long textAsInteger(long[] values, int slot, byte[] array) {
    if (!isPresent(values, slot)) {
      return UNUSUAL;
    }
    int from = from(values, slot);
    int to = to(values, slot);
    return array[from] == '"' ? integer(array, from + 1, to - 1) : integer(array, from, to);
  }

  /**
   * Returns a plain decimal, perhaps in quotes, in units of its last decimal; {@link #UNUSUAL} for
   * other or missing values.
   *
   * @param decimals the number of decimals; a value with more is unusual
   */
  static long decimal(long[] values, int slot, byte[] array, int decimals) {
    long number = values[WIDTH * slot + 1];
    if (number == NOT_SHORT) {
      return isPresent(values, slot)
          ? textAsDecimal(array, from(values, slot), to(values, slot), decimals)
          : UNUSUAL;
    }
    long value = number >> NUMBER_BITS;
    int zeros = decimals - ((int) (number >> 1) & DECIMALS_MASK);
    return zeros >= 0 && value <= POWERS_OF_TEN[MAX_PLAIN_DIGITS - zeros]
        ? value * POWERS_OF_TEN[zeros]
        : UNUSUAL;
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

package fortnight.report.rows;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The values of one or more rows, one after the other: numbers in units of their last decimal, and
 * times in milliseconds. Values that do not fit a long are kept apart.
 */
final class Values {
  /** In place of a value that is kept apart. */
  private static final long LARGE = Long.MIN_VALUE;

  private static final int LONG_BITS = 63;
  private static final long MAX_SHORT = 1L << 62;

  private long[] values;

  /** Null if all values fit a long. */
  private BigInteger[] large;

  Values(int size) {
    values = new long[size];
  }

  void set(int at, long value) {
    values[at] = value;
  }

  void set(int at, BigInteger value) {
    if (value.bitLength() <= LONG_BITS && value.longValue() != LARGE) {
      values[at] = value.longValue();
    } else {
      values[at] = LARGE;
      allocateLarge();
      large[at] = value;
    }
  }

  private void allocateLarge() {
    if (large == null) {
      large = new BigInteger[values.length];
    }
  }

  /** A value that is known to fit. */
  long get(int at) {
    return values[at];
  }

  boolean isLarge(int at) {
    return values[at] == LARGE;
  }

  /** A value in decimal digits. */
  String text(int at) {
    return isLarge(at) ? large[at].toString() : Long.toString(values[at]);
  }

  /** Whether the difference of this and another such value fits a long. */
  boolean isShort(int at) {
    return values[at] > -MAX_SHORT && values[at] < MAX_SHORT;
  }

  /**
   * The ratio of two numbers with the same decimals, which are divided without their decimal points
   * as in the pipeline; NaN unless the divisor is positive.
   */
  double ratio(int dividend, int divisor) {
    return signum(divisor) > 0 ? doubleValue(dividend) / doubleValue(divisor) : Double.NaN;
  }

  private int signum(int at) {
    return isLarge(at) ? large[at].signum() : Long.signum(values[at]);
  }

  private double doubleValue(int at) {
    return isLarge(at) ? large[at].doubleValue() : values[at];
  }

  BigInteger number(int at) {
    return isLarge(at) ? large[at] : BigInteger.valueOf(values[at]);
  }

  boolean equalsAt(int at, Values other, int atOther) {
    return values[at] == other.values[atOther]
        && (!isLarge(at) || large[at].equals(other.large[atOther]));
  }

  int size() {
    return values.length;
  }

  void resize(int size) {
    values = Arrays.copyOf(values, size);
    if (large != null) {
      large = Arrays.copyOf(large, size);
    }
  }

  /** Moves a range of values to a later place. */
  void move(int from, int to, int length) {
    System.arraycopy(values, from, values, to, length);
    if (large != null) {
      System.arraycopy(large, from, large, to, length);
    }
  }

  /** Copies values of another one. */
  void copy(Values source, int from, int to, int length) {
    System.arraycopy(source.values, from, values, to, length);
    if (source.large != null) {
      allocateLarge();
      System.arraycopy(source.large, from, large, to, length);
    } else if (large != null) {
      Arrays.fill(large, to, to + length, null);
    }
  }
}

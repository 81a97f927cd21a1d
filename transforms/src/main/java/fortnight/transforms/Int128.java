package fortnight.transforms;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A signed 128-bit integer in two's complement, for exact sums of longs.
 *
 * <p>Sums of quantities cannot overflow: 2^63 quantities of ±2^53 need 117 bits. Nor can sums of
 * amounts: at the limit of 10^27 for a line item, it takes more than 10^11 line items.
 *
 * @param high the upper 64 bits, including the sign
 * @param low the lower 64 bits, unsigned
 */
public record Int128(long high, long low) implements Comparable<Int128>, Serializable {
  public static final Int128 ZERO = new Int128(0, 0);

  public static Int128 of(long value) {
    return value == 0 ? ZERO : new Int128(value >> 63, value);
  }

  /** Returns the exact product. */
  public static Int128 product(long a, long b) {
    return new Int128(Math.multiplyHigh(a, b), a * b);
  }

  public Int128 plus(Int128 other) {
    long sum = low + other.low;
    return new Int128(high + other.high + carry(sum, low), sum);
  }

  public Int128 minus(Int128 other) {
    long difference = low - other.low;
    int borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Int128(high - other.high - borrow, difference);
  }

  /**
   * Returns 1 if an unsigned addition to {@code addend} with result {@code sum} overflowed, else 0.
   */
  public static int carry(long sum, long addend) {
    return Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
  }

  /** Returns whether the value fits a long. */
  public boolean isLong() {
    return high == (low >> 63);
  }

  /**
   * Returns the value as a long.
   *
   * @throws ArithmeticException if the value does not fit a long
   */
  public long longValueExact() {
    if (!isLong()) {
      throw new ArithmeticException(this + " does not fit a long");
    }
    return low;
  }

  /** Returns -1, 0 or 1 for a negative, zero or positive value. */
  public int signum() {
    return high != 0 ? Long.signum(high) : low != 0 ? 1 : 0;
  }

  public BigInteger toBigInteger() {
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return isLong()
        ? BigInteger.valueOf(low)
        : BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower);
  }

  /** Returns the nearest double. */
  public double doubleValue() {
    return isLong() ? (double) low : toBigInteger().doubleValue();
  }

  @Override
  public int compareTo(Int128 other) {
    return high != other.high
        ? Long.compare(high, other.high)
        : Long.compareUnsigned(low, other.low);
  }

  /** Returns the value in decimal digits. */
  @Override
  public String toString() {
    return isLong() ? Long.toString(low) : toBigInteger().toString();
  }
}

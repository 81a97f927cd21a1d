package fortnight.transforms;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A signed integer of 128 bits in two's complement: an exact sum of longs.
 *
 * <p>No sum in this project exceeds it: 2^63 quantities of ±2^53 need 117 bits.
 *
 * @param high the upper 64 bits, with the sign
 * @param low the lower 64 bits, unsigned
 */
public record Int128(long high, long low) implements Comparable<Int128>, Serializable {
  public static final Int128 ZERO = new Int128(0, 0);

  public static Int128 of(long value) {
    return new Int128(value >> 63, value);
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

  /** 1 if an unsigned addition to {@code addend} that gave {@code sum} overflowed, else 0. */
  public static int carry(long sum, long addend) {
    return Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
  }

  /** Whether the value fits a long. */
  public boolean isLong() {
    return high == (low >> 63);
  }

  /**
   * The value as a long.
   *
   * @throws ArithmeticException if it does not fit
   */
  public long longValueExact() {
    if (!isLong()) {
      throw new ArithmeticException(this + " does not fit a long");
    }
    return low;
  }

  /** -1, 0 or 1 as the value is negative, zero or positive. */
  public int signum() {
    return high != 0 ? Long.signum(high) : low != 0 ? 1 : 0;
  }

  public BigInteger toBigInteger() {
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return isLong()
        ? BigInteger.valueOf(low)
        : BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower);
  }

  /** The nearest double. */
  public double doubleValue() {
    return isLong() ? (double) low : toBigInteger().doubleValue();
  }

  @Override
  public int compareTo(Int128 other) {
    return high != other.high
        ? Long.compare(high, other.high)
        : Long.compareUnsigned(low, other.low);
  }

  /** In decimal digits. */
  @Override
  public String toString() {
    return isLong() ? Long.toString(low) : toBigInteger().toString();
  }
}

package fortnight.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares every operation with {@link BigInteger}. */
class Int128Test {
  private static final List<Int128> VALUES = values();

  private static List<Int128> values() {
    List<Int128> values = new ArrayList<>();
    long[] parts = {0, 1, -1, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62};
    for (long high : new long[] {0, 1, -1, 1L << 40, -(1L << 40)}) {
      for (long low : parts) {
        values.add(new Int128(high, low));
      }
    }
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      values.add(new Int128(random.nextLong() >> (1 + random.nextInt(62)), random.nextLong()));
    }
    return values;
  }

  @Test
  void addsSubtractsAndComparesLikeBigInteger() {
    for (Int128 a : VALUES) {
      for (Int128 b : VALUES) {
        BigInteger x = a.toBigInteger();
        BigInteger y = b.toBigInteger();
        assertThat(a.plus(b).toBigInteger()).isEqualTo(x.add(y));
        assertThat(a.minus(b).toBigInteger()).isEqualTo(x.subtract(y));
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(x.compareTo(y));
      }
    }
  }

  @Test
  void convertsLikeBigInteger() {
    for (Int128 value : VALUES) {
      BigInteger exact = value.toBigInteger();
      assertThat(value).hasToString(exact.toString());
      assertThat(value.doubleValue()).isEqualTo(exact.doubleValue());
      assertThat(value.signum()).isEqualTo(exact.signum());
      assertThat(value.isLong()).isEqualTo(exact.bitLength() < Long.SIZE);
    }
  }

  @Test
  void convertsToLongOrThrows() {
    assertThat(Int128.of(Long.MIN_VALUE).longValueExact()).isEqualTo(Long.MIN_VALUE);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(new Int128(0, -1)::longValueExact)
        .withMessage("18446744073709551615 does not fit a long");
  }

  @Test
  void readsWhatItWrites() throws IOException {
    for (Int128 value : VALUES) {
      assertThat(read(written(value))).isEqualTo(value);
    }
  }

  @Test
  void isEncodedLikeALongIfItFits() throws IOException {
    for (long value : new long[] {0, 1, -1, 63, 64, Long.MAX_VALUE, Long.MIN_VALUE}) {
      ByteArrayOutputStream asLong = new ByteArrayOutputStream();
      Varints.writeSigned(value, asLong);

      assertThat(written(Int128.of(value))).isEqualTo(asLong.toByteArray());
    }
  }

  @Test
  void rejectsTooFewOrTooManyBytes() {
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0x80);

    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(new byte[] {-1}));
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(endless));
  }

  private static byte[] written(Int128 value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Varints.writeSigned(value, out);
    return out.toByteArray();
  }

  private static Int128 read(byte[] bytes) throws IOException {
    return Varints.readSigned128(new ByteArrayInputStream(bytes));
  }
}

package fortnight.transforms.parse;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Integers in any notation of JSON numbers: {@code 7}, {@code 7.0}, {@code 7e0}. */
final class JsonInteger {
  /** Longer numbers are not parsed: they are of no use, and large ones cost time. */
  private static final int MAX_CHARACTERS = 1_000;

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private JsonInteger() {}

  /** The integer that a text denotes as a JSON number; null if it denotes none. */
  static @Nullable BigDecimal parse(String text) {
    if (text.length() > MAX_CHARACTERS || !JSON_NUMBER.matcher(text).matches()) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      if (value.signum() == 0) {
        return BigDecimal.ZERO;
      }
      BigDecimal shortest = value.stripTrailingZeros();
      return shortest.scale() <= 0 ? shortest : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null; // The exponent is too large for BigDecimal.
    }
  }
}

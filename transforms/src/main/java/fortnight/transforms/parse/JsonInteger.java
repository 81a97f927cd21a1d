package fortnight.transforms.parse;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Parses integers in any notation of JSON numbers: {@code 7}, {@code 7.0}, {@code 7e0}. */
final class JsonInteger {
  /** Maximum length of a number; longer ones are not parsed, since that could be slow. */
  private static final int MAX_LENGTH = 1_000;

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private JsonInteger() {}

  /** Returns the value of a JSON number; null if the text is not a number or not an integer. */
  static @Nullable BigDecimal parse(String text) {
    if (text.length() > MAX_LENGTH || !JSON_NUMBER.matcher(text).matches()) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      if (value.signum() == 0) {
        return BigDecimal.ZERO;
      }
      BigDecimal stripped = value.stripTrailingZeros();
      return stripped.scale() <= 0 ? stripped : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null; // The exponent is too large for BigDecimal.
    }
  }
}

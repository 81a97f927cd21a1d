package fortnight.transforms.parse;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Parses numbers in any notation of JSON: {@code 7}, {@code 7.0}, {@code 7e0}. */
final class JsonNumber {
  /** Maximum length of a number; longer ones are not parsed, since that could be slow. */
  private static final int MAX_LENGTH = 1_000;

  /** Maximum number of digits of an integer that is parsed without BigDecimal. */
  private static final int MAX_PLAIN_DIGITS = 15;

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private JsonNumber() {}

  /** Returns the value without trailing zeros; null if the text is not a JSON number. */
  static @Nullable BigDecimal parse(String text) {
    if (text.length() > MAX_LENGTH || !JSON_NUMBER.matcher(text).matches()) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    } catch (ArithmeticException | NumberFormatException e) {
      return null; // The exponent is too large for BigDecimal.
    }
  }

  /** Returns the value of an integer; null if the text is not a number or not an integer. */
  static @Nullable BigDecimal parseInteger(String text) {
    BigDecimal value = parse(text);
    return value == null || value.scale() > 0 ? null : value;
  }

  /** Returns whether a text that is not empty is a short positive integer in digits alone. */
  static boolean isPlainInteger(String text) {
    if (text.length() > MAX_PLAIN_DIGITS || text.charAt(0) < '1') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of digits before the decimal point. */
  static long integerDigits(BigDecimal value) {
    return value.precision() - (long) value.scale();
  }
}

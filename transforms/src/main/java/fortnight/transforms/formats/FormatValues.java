package fortnight.transforms.formats;

import java.math.BigDecimal;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts the values of a format's keys; all methods throw IllegalArgumentException. */
final class FormatValues {
  private static final int MAX_DECIMALS = 9;

  /** The largest number in units of its last decimal. */
  private static final BigDecimal MAX_NUMBER = BigDecimal.valueOf((1L << 53) - 1);

  private FormatValues() {}

  static FieldValue value(String text) {
    if (isConstant(text) && text.contains("[]")) {
      throw new IllegalArgumentException(
          "in double quotes it is a constant; omit the quotes to use a field");
    }
    return isConstant(text) ? new FieldValue.Constant(withoutQuotes(text)) : FieldPath.parse(text);
  }

  static FieldValue number(String text) {
    FieldValue value = value(text);
    if (value instanceof FieldValue.Constant constant
        && !constant.text().matches("-?\\d{1,12}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException(text + " is not a number");
    }
    return value;
  }

  /**
   * Returns why a number cannot have so many decimals; null if it can, or is a field.
   *
   * @param key the key that sets the number of decimals
   */
  static @Nullable String mistakeOf(FieldValue number, int decimals, String key) {
    if (!(number instanceof FieldValue.Constant constant)) {
      return null;
    }
    BigDecimal value = new BigDecimal(constant.text());
    if (value.stripTrailingZeros().scale() > decimals) {
      return "%s has more than %d decimals; set %s".formatted(constant, decimals, key);
    }
    return value.movePointRight(decimals).abs().compareTo(MAX_NUMBER) > 0
        ? "%s is beyond ±%s".formatted(constant, MAX_NUMBER.movePointLeft(decimals))
        : null;
  }

  static boolean isConstant(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
  }

  static String withoutQuotes(String text) {
    boolean isQuoted =
        isConstant(text) || (text.length() >= 2 && text.startsWith("'") && text.endsWith("'"));
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }

  static Integer decimals(String text) {
    if (!text.matches("\\d") || Integer.parseInt(text) > MAX_DECIMALS) {
      throw new IllegalArgumentException("use a number of decimals from 0 to " + MAX_DECIMALS);
    }
    return Integer.valueOf(text);
  }

  static Function<String, String> oneOf(String first, String second) {
    return text -> {
      if (!text.equals(first) && !text.equals(second)) {
        throw new IllegalArgumentException("use " + first + " or " + second);
      }
      return text;
    };
  }
}

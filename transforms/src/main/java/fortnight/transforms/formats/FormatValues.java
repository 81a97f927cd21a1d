package fortnight.transforms.formats;

import java.math.BigDecimal;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts the values of a format's keys; all methods throw IllegalArgumentException. */
final class FormatValues {
  private static final int MAX_DECIMALS = 9;

  /** The largest number of units of the last decimal, as in records. */
  private static final BigDecimal MAX_UNITS = BigDecimal.valueOf((1L << 53) - 1);

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
   * Returns why a number cannot be the value of each record; null if it can.
   *
   * @param decimals the number of decimals of these values
   * @param key the key of the format that sets it
   */
  static @Nullable String mistake(FieldValue.Constant number, int decimals, String key) {
    BigDecimal value = new BigDecimal(number.text()).stripTrailingZeros();
    if (value.scale() > decimals) {
      return "%s has more than %d decimals; set %s".formatted(number, decimals, key);
    }
    BigDecimal limit = MAX_UNITS.movePointLeft(decimals);
    return value.abs().compareTo(limit) > 0
        ? "%s is beyond ±%s".formatted(number, limit.toPlainString())
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

package fortnight.transforms.formats;

import java.math.BigDecimal;
import java.util.function.Function;

/** Converts the values of a format's keys; all methods throw IllegalArgumentException. */
final class FormatValues {
  private static final int MAX_DECIMALS = 9;

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

  /** Returns the number of decimals of a number, without zeros at the end. */
  static int decimalsOf(FieldValue.Constant number) {
    return Math.max(0, new BigDecimal(number.text()).stripTrailingZeros().scale());
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

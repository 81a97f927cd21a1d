package fortnight.testdata;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as people write them; Java would take {@code 1d}, {@code NaN} and {@code 0x1p3}, too. */
final class Numbers {
  private static final Pattern PLAIN =
      Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

  private Numbers() {}

  /** The number, if it is one and finite. */
  static OptionalDouble parse(String text) {
    if (!PLAIN.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }
}

package fortnight.pipelines.propose;

import fortnight.pipelines.propose.ValueCounts.Value;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** The decimal numbers in the values of a field, quoted or not. */
final class Decimals {
  private static final Pattern DECIMAL =
      Pattern.compile("-?\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,2})?");

  private Decimals() {}

  /** Returns whether nearly all values are decimal numbers. */
  static boolean areDecimals(ValueCounts values) {
    return values.nearlyAll(value -> of(value).isPresent());
  }

  /** Returns whether all numbers are written without decimals. */
  static boolean areIntegers(ValueCounts values) {
    return values.all(value -> value.text().chars().noneMatch(c -> ".eE".indexOf(c) >= 0));
  }

  /** Returns the number of decimals that all values need. */
  static int scale(ValueCounts values) {
    return values.counts().keySet().stream()
        .map(Decimals::of)
        .flatMap(Optional::stream)
        .mapToInt(number -> Math.max(0, number.stripTrailingZeros().scale()))
        .max()
        .orElse(0);
  }

  private static Optional<BigDecimal> of(Value value) {
    return DECIMAL.matcher(value.text()).matches()
        ? Optional.of(new BigDecimal(value.text()))
        : Optional.empty();
  }
}

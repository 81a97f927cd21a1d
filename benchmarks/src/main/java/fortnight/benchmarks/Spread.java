package fortnight.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Median, least and most of some measurements. */
record Spread(double median, double min, double max) {
  /** Below it one decimal is worth to be shown. */
  private static final double SMALL = 100;

  static Spread of(List<Trial> trials, ToDoubleFunction<Trial> figure) {
    double[] sorted = trials.stream().mapToDouble(figure).sorted().toArray();
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }

  /** As {@code 6.7 (6.5–7.2)}; of one run as {@code 6.7}. */
  String text() {
    if (min == max) {
      return number(median);
    }
    return "%s (%s–%s)".formatted(number(median), number(min), number(max));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < SMALL ? "%.1f" : "%,.0f", value);
  }
}

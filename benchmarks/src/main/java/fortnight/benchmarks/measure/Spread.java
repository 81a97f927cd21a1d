package fortnight.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Median, minimum and maximum of a figure over several runs. */
public record Spread(double median, double min, double max) {
  /** Smaller figures are printed with one decimal. */
  private static final double MIN_WITHOUT_DECIMALS = 100;

  public static <T> Spread of(List<T> runs, ToDoubleFunction<T> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }

  /** Formats as {@code 6.7 (6.5–7.2)}; a single run as {@code 6.7}. */
  public String text() {
    if (min == max) {
      return number(median);
    }
    return "%s (%s–%s)".formatted(number(median), number(min), number(max));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < MIN_WITHOUT_DECIMALS ? "%.1f" : "%,.0f", value);
  }
}

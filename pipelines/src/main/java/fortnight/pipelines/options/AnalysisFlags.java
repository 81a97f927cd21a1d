package fortnight.pipelines.options;

import fortnight.common.Analysis;
import fortnight.common.Measure;
import fortnight.common.cli.FlagErrors;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.volumes.OutlierLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads the flags that choose the analyses. */
final class AnalysisFlags {
  /** All analyses of which the format has the fields. */
  private static final String ALL = "all";

  private AnalysisFlags() {}

  /**
   * Returns the analyses of {@code --analyses}.
   *
   * @param format null if it is not known, because its flag is wrong
   */
  static Set<Analysis> analyses(
      RetailOptions options, @Nullable RecordFormat format, FlagErrors errors) {
    Set<Analysis> analyses = new LinkedHashSet<>();
    for (String title : options.getAnalyses().split(",", -1)) {
      if (title.strip().equals(ALL)) {
        analyses.addAll(present(format == null ? RecordFormat.fortnight() : format));
      } else {
        errors
            .convert("--analyses", title.strip(), text -> analysis(text, format), "")
            .ifPresent(analyses::add);
      }
    }
    return analyses;
  }

  private static List<Analysis> present(RecordFormat format) {
    return Analysis.present(format.money() != null, format.dimensionNames());
  }

  private static Analysis analysis(String title, @Nullable RecordFormat format) {
    Optional<Analysis> analysis = Analysis.titled(title);
    if (format == null && analysis.isPresent()) {
      return analysis.get();
    }
    RecordFormat known = format == null ? RecordFormat.fortnight() : format;
    List<Analysis> available = new ArrayList<>(present(known));
    available.addAll(Analysis.onRequest());
    if (analysis.isPresent() && available.contains(analysis.get())) {
      checkCustomer(analysis.get(), known);
      return analysis.get();
    }
    boolean needsMoney =
        known.money() == null
            && analysis.isPresent()
            && analysis.get().measure() == Measure.REVENUE;
    if (needsMoney) {
      throw new IllegalArgumentException("needs price or amount in --format");
    }
    if (analysis.isPresent() && !analysis.get().isOfShop()) {
      throw new IllegalArgumentException(
          "needs by.%s in --format".formatted(analysis.get().dimension()));
    }
    throw new IllegalArgumentException(
        "unknown analysis; use all, or "
            + String.join(", ", available.stream().map(Analysis::title).toList()));
  }

  private static void checkCustomer(Analysis analysis, RecordFormat format) {
    if (analysis.measure() == Measure.CUSTOMERS && format.customer() == null) {
      throw new IllegalArgumentException("needs customer in --format");
    }
  }

  /** Returns which changes are outliers; the default if there are errors. */
  static OutlierLimits outlierLimits(
      RetailOptions options, RecordFormat format, Set<Analysis> analyses, FlagErrors errors) {
    Optional<Double> above =
        errors.convert(
            "--outlierAbove", options.getOutlierAbove(), AnalysisFlags::ratio, "use 3 or 7.5");
    Optional<Double> below =
        errors.convert(
            "--outlierBelow", options.getOutlierBelow(), AnalysisFlags::ratio, "use 0.15 or 0.5");
    Optional<BigDecimal> minimum =
        errors.convert(
            "--outlierMinimum", options.getOutlierMinimum(), AnalysisFlags::number, "use 100");
    if (above.isEmpty() || below.isEmpty() || minimum.isEmpty()) {
      return OutlierLimits.DEFAULT;
    }
    boolean isAboveOne =
        errors.check(
            above.get() > 1, "--outlierAbove=" + options.getOutlierAbove() + ": use more than 1");
    boolean isBelowOne =
        errors.check(
            below.get() < 1, "--outlierBelow=" + options.getOutlierBelow() + ": use less than 1");
    if (!isAboveOne || !isBelowOne) {
      return OutlierLimits.DEFAULT;
    }
    OutlierLimits limits =
        new OutlierLimits(
            above.get(),
            below.get(),
            minimum.get(),
            format.quantityDecimals(),
            format.revenueDecimals());
    errors.check(
        analyses.contains(Analysis.OUTLIERS) || limits.areThoseOf(OutlierLimits.DEFAULT),
        "--outlierAbove, --outlierBelow, --outlierMinimum: only for outliers; add them with"
            + " --analyses=all,outliers");
    return limits;
  }

  private static double ratio(String text) {
    return number(text).doubleValue();
  }

  private static BigDecimal number(String text) {
    if (!text.matches("\\d{1,15}(\\.\\d{1,15})?")) {
      throw new IllegalArgumentException(
          "not a number of at least 0, with at most 15 digits before and after the point");
    }
    return new BigDecimal(text);
  }
}

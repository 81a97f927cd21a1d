package fortnight.pipelines.run;

import fortnight.common.Analysis;
import fortnight.pipelines.options.RetailConfig;
import fortnight.pipelines.options.RetailOptions;
import java.util.Locale;
import java.util.Optional;

/**
 * Warns of flags with which very many windows overlap, so that a small input has millions of rows,
 * and a stream much state.
 */
final class OverlapWarning {
  /** Above hourly comparisons with the year before, which are 8,904 windows. */
  private static final int MANY = 10_000;

  private OverlapWarning() {}

  /** A warning; empty if the flags need none. */
  static Optional<String> of(RetailConfig config) {
    long windows = config.windows().overlapping();
    if (windows <= MANY || config.analyses().stream().noneMatch(Analysis::isChange)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "warning: with %s, %,d windows overlap, and each has rows and, in a stream, state for"
                + " every item that is sold in it; use a longer --every, such as 1d.",
            flags(config.options()),
            windows));
  }

  private static String flags(RetailOptions options) {
    String every =
        options.getEvery() == null
            ? "--period=" + options.getPeriod()
            : "--every=" + options.getEvery();
    return options.getAgainst() == null ? every : every + " and --against=" + options.getAgainst();
  }
}

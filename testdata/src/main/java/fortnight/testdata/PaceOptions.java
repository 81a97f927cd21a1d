package fortnight.testdata;

import fortnight.common.cli.FlagErrors;
import java.math.BigDecimal;
import picocli.CommandLine.Option;

/** The flags for the pace at which records are written. */
final class PaceOptions {
  private static final String MAX = "max";

  @Option(
      names = "--speedup",
      paramLabel = "FACTOR",
      description =
          "write records by their event time, FACTOR times as fast as the clock; or max;"
              + " default: max, with --live 1")
  private String speedup;

  @Option(
      names = "--live",
      description = "timestamps begin at the current time (UTC); seasons remain those of --start")
  boolean live;

  /** Whether records are written at their event time. */
  boolean isPaced() {
    return live || (speedup != null && !speedup.equals(MAX));
  }

  /** How many times as fast as the clock; infinite if records are not paced. */
  double speedup(FlagErrors errors) {
    if (speedup == null) {
      return live ? 1 : Double.POSITIVE_INFINITY;
    }
    if (speedup.equals(MAX)) {
      errors.check(!live, "--live, --speedup=max: cannot be combined; set a factor");
      return Double.POSITIVE_INFINITY;
    }
    return errors
        .convert("--speedup", speedup, PaceOptions::parseFactor, "use a number above 0, or max")
        .orElse(1.0);
  }

  private static double parseFactor(String text) {
    double factor = new BigDecimal(text).doubleValue();
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("out of range");
    }
    return factor;
  }
}

package fortnight.testdata;

import fortnight.common.cli.Durations;
import fortnight.common.cli.FlagErrors;
import fortnight.testdata.delivery.Simulation.Faults;
import fortnight.testdata.model.Micros;
import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags for faults of records between the shop and the output. */
final class FaultOptions {
  @Option(
      names = "--outOfOrder",
      paramLabel = "DURATION",
      description = "records arrive up to DURATION after their event time, as 10m, 1h, 1d, PT1H")
  private Duration outOfOrder = Duration.ZERO;

  @Option(
      names = "--late",
      paramLabel = "FRACTION:DURATION",
      description = "this fraction of records is delayed by DURATION, as 0.01:3d")
  private String late;

  @Option(
      names = "--duplicates",
      paramLabel = "FRACTION",
      description = "this fraction of records arrives twice")
  private double duplicates;

  @Option(
      names = "--malformed",
      paramLabel = "FRACTION",
      description =
          "this fraction of records is followed by a broken copy, for every reason to reject one")
  private double malformed;

  Faults faults(FlagErrors errors) {
    checkFraction("--duplicates=" + duplicates, duplicates, errors);
    checkFraction("--malformed=" + malformed, malformed, errors);
    Late parsed =
        late == null
            ? Late.NONE
            : errors
                .convert("--late", late, Late::parse, "use FRACTION:DURATION, as 0.01:3d")
                .orElse(Late.NONE);
    checkFraction("--late=" + late, parsed.fraction, errors);
    return new Faults(
        Micros.of(outOfOrder), parsed.fraction, Micros.of(parsed.delay), duplicates, malformed);
  }

  private static void checkFraction(String flag, double fraction, FlagErrors errors) {
    errors.check(fraction >= 0 && fraction <= 1, flag + ": a fraction is from 0 to 1");
  }

  private record Late(double fraction, Duration delay) {
    private static final Late NONE = new Late(0, Duration.ZERO);

    static Late parse(String text) {
      String[] parts = text.split(":", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("not a fraction and a duration");
      }
      try {
        double fraction = new BigDecimal(parts[0]).doubleValue();
        return new Late(fraction, Durations.parseOrZero(parts[1]));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not a fraction", e);
      }
    }
  }
}

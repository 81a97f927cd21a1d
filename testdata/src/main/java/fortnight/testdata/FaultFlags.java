package fortnight.testdata;

import java.time.Duration;
import java.util.OptionalDouble;

/** What is to befall the records on their way. */
final class FaultFlags {
  private FaultFlags() {}

  static Faults faults(SimulateFlags flags, Problems problems) {
    fraction("--duplicates", flags.duplicates, problems);
    fraction("--malformed", flags.malformed, problems);
    Late late = flags.late == null ? new Late(0, Duration.ZERO) : late(flags.late, problems);
    return new Faults(
        Micros.of(flags.outOfOrder),
        late.fraction,
        Micros.of(late.by),
        flags.duplicates,
        flags.malformed);
  }

  private static Late late(String text, Problems problems) {
    String[] parts = text.split(":", -1);
    OptionalDouble fraction = Numbers.parse(parts[0]);
    if (parts.length == 2 && fraction.isPresent()) {
      fraction("--late", fraction.getAsDouble(), problems);
      try {
        return new Late(fraction.getAsDouble(), Lengths.parse(parts[1]));
      } catch (IllegalArgumentException e) {
        // said below
      }
    }
    problems.add("--late=%s: FRACTION:DURATION, as 0.01:3d".formatted(text));
    return new Late(0, Duration.ZERO);
  }

  private static void fraction(String flag, double fraction, Problems problems) {
    problems.unless(fraction >= 0 && fraction <= 1, flag + "=" + fraction + ": from 0 to 1");
  }

  private record Late(double fraction, Duration by) {}
}

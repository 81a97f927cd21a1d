package fortnight.testdata;

import java.time.LocalDateTime;
import java.util.Optional;

/** When the shop is simulated, and how fast. */
final class TimeFlags {
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1971, 1, 1, 0, 0);
  private static final LocalDateTime LATEST = LocalDateTime.of(9999, 1, 1, 0, 0);

  private final SimulateFlags flags;
  private final Problems problems;

  TimeFlags(SimulateFlags flags, Problems problems) {
    this.flags = flags;
    this.problems = problems;
  }

  /** From the first day to the last; none, if that cannot be. */
  Optional<Span> span() {
    boolean possible =
        problems.unless(
            !flags.start.isBefore(EARLIEST) && !flags.end.isAfter(LATEST),
            "--start, --end: within the years 1971 to 9998");
    boolean ordered =
        problems.unless(
            flags.start.isBefore(flags.end),
            "--start=%s, --end=%s: the start must come first".formatted(flags.start, flags.end));
    return possible && ordered
        ? Optional.of(new Span(Micros.of(flags.start), Micros.of(flags.end)))
        : Optional.empty();
  }

  /** The silence within this span; empty, if there is to be none. */
  Span idle(Span span) {
    if (flags.idle == null) {
      return Span.NONE;
    }
    Optional<Span> given = idle();
    String flag = "--idle=" + flags.idle;
    if (given.isEmpty()) {
      problems.add(flag + ": FROM/UNTIL, as 2022-08-01/2022-08-02T12:00");
      return Span.NONE;
    }
    long silent = given.get().and(span).length();
    problems.unless(silent > 0, flag + ": lies outside of --start and --end, so nothing is idle");
    boolean sells = silent < span.length();
    problems.unless(sells, flag + ": covers the whole time, so nothing would ever be bought");
    return sells ? given.get() : Span.NONE;
  }

  private Optional<Span> idle() {
    String[] times = flags.idle.split("/", -1);
    if (times.length != 2) {
      return Optional.empty();
    }
    try {
      Span idle =
          new Span(Micros.of(FlagReading.time(times[0])), Micros.of(FlagReading.time(times[1])));
      return idle.length() > 0 ? Optional.of(idle) : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** How many times as fast as the clock; infinite, if no pace is kept. */
  double speedup() {
    if (flags.speedup == null) {
      return flags.live ? 1 : Double.POSITIVE_INFINITY;
    }
    if (flags.speedup.equals("max")) {
      problems.unless(!flags.live, "--live, --speedup=max: what is live has a speed");
      return Double.POSITIVE_INFINITY;
    }
    double factor = Numbers.parse(flags.speedup).orElse(0);
    problems.unless(factor > 0, "--speedup=%s: a number above 0, or max".formatted(flags.speedup));
    return factor;
  }
}

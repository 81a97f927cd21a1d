package fortnight.testdata;

import java.util.Optional;

/** What the flags ask for together, unless something is wrong with them. */
final class FlagCheck {
  private FlagCheck() {}

  /** The settings; none, if there are problems. */
  static Optional<Settings> check(SimulateFlags flags, Problems problems) {
    OutputFlags.check(flags, problems);
    TimeFlags times = new TimeFlags(flags, problems);
    WorldFlags things = new WorldFlags(flags, problems);
    double speedup = times.speedup();
    Faults faults = FaultFlags.faults(flags, problems);
    things.check();
    Optional<Span> span = times.span();
    if (span.isEmpty()) {
      return Optional.empty(); // how many households depends on it
    }
    Span idle = times.idle(span.get());
    World world = things.world(span.get(), idle);
    if (problems.isEmpty()) {
      Memory need = Memory.of(world, faults, flags.live ? speedup : 1);
      problems.unless(need.isThere(), need.sentence());
    }
    return problems.isEmpty()
        ? Optional.of(new Settings(world, faults, idle, speedup, flags.live, flags.threads))
        : Optional.empty();
  }
}

package fortnight.testdata;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the flags ask for together, or everything that is wrong with it. */
final class FlagCheck {
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1971, 1, 1, 0, 0);
  private static final LocalDateTime LATEST = LocalDateTime.of(9999, 1, 1, 0, 0);
  private static final int MOST_PRODUCTS = 10_000_000;
  private static final long MOST_CUSTOMERS = 100_000_000;
  private static final double MOST_SKEW = 1_000_000;

  private final SimulateFlags flags;
  private final List<String> problems = new ArrayList<>();

  private FlagCheck(SimulateFlags flags) {
    this.flags = flags;
  }

  /** The settings; adds to the problems a sentence for each thing that is wrong. */
  static Settings check(SimulateFlags flags, List<String> problems) {
    FlagCheck check = new FlagCheck(flags);
    Settings settings = check.settings();
    problems.addAll(check.problems);
    return settings;
  }

  private Settings settings() {
    Span span = span();
    Span idle = idle();
    checkOutput();
    require(
        flags.products >= Catalog.SMALLEST && flags.products <= MOST_PRODUCTS,
        "--products=%d: from %d to %d".formatted(flags.products, Catalog.SMALLEST, MOST_PRODUCTS));
    require(flags.partitions >= 1, "--partitions=%d: 1 or more".formatted(flags.partitions));
    require(flags.threads >= 1, "--threads=%d: 1 or more".formatted(flags.threads));
    double speedup = speedup();
    Faults faults = faults();
    World world = world(span, idle);
    return new Settings(world, faults, idle, speedup, flags.live, flags.threads);
  }

  private Span span() {
    require(
        !flags.start.isBefore(EARLIEST) && !flags.end.isAfter(LATEST),
        "--start, --end: within the years 1971 to 9998");
    require(
        flags.start.isBefore(flags.end),
        "--start=%s, --end=%s: the start must come first".formatted(flags.start, flags.end));
    return new Span(Micros.of(flags.start), Micros.of(flags.end));
  }

  private Span idle() {
    if (flags.idle == null) {
      return Span.NONE;
    }
    String[] times = flags.idle.split("/", -1);
    try {
      Span idle =
          new Span(
              Micros.of(FlagReading.time(times[0])),
              Micros.of(FlagReading.time(times[times.length - 1])));
      if (times.length == 2 && idle.length() > 0) {
        return idle;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    problems.add("--idle=%s: FROM/UNTIL, as 2022-08-01/2022-08-02T12:00".formatted(flags.idle));
    return Span.NONE;
  }

  private Faults faults() {
    requireFraction("--duplicates", flags.duplicates);
    requireFraction("--malformed", flags.malformed);
    double late = 0;
    long lateBy = 0;
    if (flags.late != null) {
      String[] parts = flags.late.split(":", 2);
      try {
        late = Double.parseDouble(parts[0]);
        lateBy = Micros.of(Lengths.parse(parts[parts.length - 1]));
        requireFraction("--late", late);
      } catch (IllegalArgumentException e) {
        problems.add("--late=%s: FRACTION:DURATION, as 0.01:3d".formatted(flags.late));
      }
    }
    long outOfOrder = Micros.of(flags.outOfOrder);
    return new Faults(outOfOrder, late, lateBy, flags.duplicates, flags.malformed);
  }

  private double speedup() {
    if (flags.speedup == null) {
      return flags.live ? 1 : Double.POSITIVE_INFINITY;
    }
    boolean max = flags.speedup.equals("max");
    double factor = max ? Double.POSITIVE_INFINITY : number(flags.speedup).orElse(0);
    require(factor > 0, "--speedup=%s: a number above 0, or max".formatted(flags.speedup));
    require(!max || !flags.live, "--live, --speedup=max: what is live has a speed");
    return factor;
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private World world(Span span, Span idle) {
    boolean skewed = flags.skew >= 1 && flags.skew <= MOST_SKEW;
    require(skewed, "--skew=%s: from 1 to %.0f".formatted(flags.skew, MOST_SKEW));
    CustomerIds ids = new CustomerIds(skewed ? flags.skew : 1);
    long trading = Math.max(1, span.length() - idle.and(span).length());
    require(
        flags.transactions == null || flags.customers == null,
        "--transactions, --customers: one of them, the other follows");
    long households =
        flags.customers == null ? householdsFor(trading) : householdsOf(flags.customers, ids);
    return new World(flags.seed, households, ids, span, new Catalog(flags.products));
  }

  private long householdsFor(long trading) {
    long transactions = flags.transactions == null ? 1_500_000 : flags.transactions;
    require(transactions >= 1, "--transactions=%d: 1 or more".formatted(transactions));
    long households = World.householdsFor((double) transactions, trading);
    require(
        households <= MOST_CUSTOMERS,
        "--transactions=%d: too many for this time; more than %d customers"
            .formatted(transactions, MOST_CUSTOMERS));
    require(
        flags.skew <= households,
        "--skew=%s: the first customer alone would make more than all --transactions"
            .formatted(flags.skew));
    return households;
  }

  private long householdsOf(long customers, CustomerIds ids) {
    boolean possible = customers >= 1 && customers <= MOST_CUSTOMERS;
    require(possible, "--customers=%d: from 1 to %d".formatted(customers, MOST_CUSTOMERS));
    return possible ? ids.households(customers) : 1;
  }

  private void checkOutput() {
    if (flags.output == null) {
      return; // said already
    }
    boolean kafka = flags.output.startsWith(KafkaTopic.SCHEME);
    require(
        !kafka || KafkaTopic.parse(flags.output).isPresent(),
        "--output=%s: kafka://HOST:PORT[,HOST:PORT...]/TOPIC".formatted(flags.output));
    boolean file = !kafka && !flags.output.equals("-");
    require(
        !file || (flags.speedup == null && !flags.live),
        "--output=%s: a file is written at once; --speedup and --live pace - and kafka://"
            .formatted(flags.output));
    List<String> files = new ArrayList<>();
    files.add(file ? flags.output : "");
    files.add(flags.catalog == null ? " " : flags.catalog.toString());
    files.add(flags.truth == null ? "  " : flags.truth.toString());
    require(
        files.stream().distinct().count() == files.size(),
        "--output, --catalog, --truth: each needs a file of its own");
  }

  private void requireFraction(String flag, double fraction) {
    require(fraction >= 0 && fraction <= 1, "%s=%s: from 0 to 1".formatted(flag, fraction));
  }

  private void require(boolean met, String problem) {
    if (!met) {
      problems.add(problem);
    }
  }
}

package fortnight.testdata;

import fortnight.common.cli.FlagErrors;
import fortnight.testdata.model.Catalog;
import fortnight.testdata.model.CustomerIds;
import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Span;
import fortnight.testdata.model.World;
import java.time.LocalDateTime;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of what is bought: customers, products and time. */
final class WorldOptions {
  private static final int MAX_PRODUCTS = 10_000_000;
  private static final long MAX_CUSTOMERS = 100_000_000;
  private static final int MAX_SKEW = 1_000_000;
  private static final long DEFAULT_TRANSACTIONS = 1_500_000;
  private static final LocalDateTime MIN_START = LocalDateTime.of(1971, 1, 1, 0, 0);
  private static final LocalDateTime MAX_END = LocalDateTime.of(9999, 1, 1, 0, 0);

  @Option(
      names = "--transactions",
      paramLabel = "N",
      description =
          "number of transactions, within 5 %% from 20000 a year on; sets the number of"
              + " customers; default: 1500000")
  private Long transactions;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description = "number of customers instead, with 20 purchases a year each")
  private Long customers;

  @Option(
      names = "--start",
      paramLabel = "DAY",
      description = "first day; default: ${DEFAULT-VALUE}")
  private LocalDateTime start = LocalDateTime.of(2022, 1, 1, 0, 0);

  @Option(
      names = "--end",
      paramLabel = "DAY",
      description = "the day after the last; default: ${DEFAULT-VALUE}")
  private LocalDateTime end = LocalDateTime.of(2023, 1, 1, 0, 0);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "another seed gives other transactions; default: ${DEFAULT-VALUE}")
  private long seed = 42;

  @Option(
      names = "--products",
      paramLabel = "N",
      description = "number of products; default: ${DEFAULT-VALUE}")
  private int products = 100;

  @Option(
      names = "--skew",
      paramLabel = "FACTOR",
      description =
          "the first customer buys FACTOR times as often as most, the second FACTOR / 2 times,"
              + " and so on; default: 1")
  private double skew = 1;

  @Option(
      names = "--idle",
      paramLabel = "FROM/UNTIL",
      description = "time without purchases and without arriving records")
  private String idle;

  @Option(names = "--threads", paramLabel = "N", description = "default: number of cores")
  int threads = Runtime.getRuntime().availableProcessors();

  /** Checks each flag on its own. */
  void check(FlagErrors errors) {
    errors.checkRange("--products", products, Catalog.MIN_SIZE, MAX_PRODUCTS);
    errors.check(threads >= 1, "--threads=" + threads + ": must be 1 or more");
    errors.check(skewIsPossible(), "--skew=%s: from 1 to %s".formatted(skew, MAX_SKEW));
    errors.check(
        transactions == null || customers == null,
        "--transactions, --customers: set only one of them");
    if (customers != null) {
      errors.checkRange("--customers", customers, 1, MAX_CUSTOMERS);
    }
    if (transactions != null) {
      errors.check(transactions >= 1, "--transactions=" + transactions + ": must be 1 or more");
    }
  }

  /** The simulated time; empty, and an error more, if it is not possible. */
  Optional<Span> span(FlagErrors errors) {
    boolean possible =
        errors.check(
            !start.isBefore(MIN_START) && !end.isAfter(MAX_END),
            "--start=%s, --end=%s: must be in the years 1971 to 9998".formatted(start, end));
    boolean ordered =
        errors.check(
            start.isBefore(end),
            "--start=%s, --end=%s: the start must be before the end".formatted(start, end));
    return possible && ordered
        ? Optional.of(new Span(Micros.of(start), Micros.of(end)))
        : Optional.empty();
  }

  /** The idle time within a span; {@link Span#NONE} if there is none. */
  Span idle(Span span, FlagErrors errors) {
    Optional<Span> given =
        idle == null
            ? Optional.empty()
            : errors.convert(
                "--idle", idle, Span::parse, "use FROM/UNTIL, as 2022-08-01/2022-08-02T12:00");
    if (given.isEmpty()) {
      return Span.NONE;
    }
    long idleMicros = given.get().intersection(span).length();
    errors.check(idleMicros > 0, "--idle=" + idle + ": outside of --start and --end");
    boolean partial =
        errors.check(
            idleMicros < span.length(),
            "--idle=" + idle + ": covers the whole time, which leaves no purchases");
    return partial ? given.get() : Span.NONE;
  }

  /** A world that has the customers, or sells the transactions outside of the idle time. */
  World world(Span span, Span idleSpan, FlagErrors errors) {
    CustomerIds ids = new CustomerIds(skewIsPossible() ? skew : 1);
    long activeMicros = span.length() - idleSpan.intersection(span).length();
    long households =
        customers == null
            ? householdsFor(activeMicros, errors)
            : ids.households(Math.min(MAX_CUSTOMERS, Math.max(1, customers)));
    return new World(seed, households, ids, span, new Catalog(seed, products));
  }

  private long householdsFor(long activeMicros, FlagErrors errors) {
    long wanted = transactions == null ? DEFAULT_TRANSACTIONS : transactions;
    long households = World.householdsFor((double) wanted, activeMicros);
    errors.check(
        households <= MAX_CUSTOMERS,
        "--transactions=%s: too many for this time; needs more than %s customers"
            .formatted(wanted, MAX_CUSTOMERS));
    errors.check(
        skew <= households || !skewIsPossible(),
        "--skew=%s: the first customer alone would make more than all --transactions"
            .formatted(skew));
    return households;
  }

  private boolean skewIsPossible() {
    return skew >= 1 && skew <= MAX_SKEW;
  }
}

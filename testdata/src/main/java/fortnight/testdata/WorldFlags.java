package fortnight.testdata;

/** What is simulated: products, customers, and so the households. */
final class WorldFlags {
  private static final int MOST_PRODUCTS = 10_000_000;
  private static final long MOST_CUSTOMERS = 100_000_000;
  private static final int MOST_SKEW = 1_000_000;
  private static final long DEFAULT_TRANSACTIONS = 1_500_000;

  private final SimulateFlags flags;
  private final Problems problems;

  WorldFlags(SimulateFlags flags, Problems problems) {
    this.flags = flags;
    this.problems = problems;
  }

  /** Looks at each flag for itself. */
  void check() {
    within("--products", flags.products, Catalog.SMALLEST, MOST_PRODUCTS);
    problems.unless(flags.partitions >= 1, "--partitions=" + flags.partitions + ": 1 or more");
    problems.unless(flags.threads >= 1, "--threads=" + flags.threads + ": 1 or more");
    problems.unless(skewIsPossible(), "--skew=%s: from 1 to %s".formatted(flags.skew, MOST_SKEW));
    problems.unless(
        flags.transactions == null || flags.customers == null,
        "--transactions, --customers: one of them, the other follows");
    if (flags.customers != null) {
      within("--customers", flags.customers, 1, MOST_CUSTOMERS);
    }
    if (flags.transactions != null) {
      problems.unless(
          flags.transactions >= 1, "--transactions=" + flags.transactions + ": 1 or more");
    }
  }

  /** A world that has its customers, or sells its transactions outside of the idle time. */
  World world(Span span, Span idle) {
    CustomerIds ids = new CustomerIds(skewIsPossible() ? flags.skew : 1);
    long trading = span.length() - idle.and(span).length();
    long households =
        flags.customers == null
            ? householdsFor(trading)
            : ids.households(Math.min(MOST_CUSTOMERS, Math.max(1, flags.customers)));
    return new World(flags.seed, households, ids, span, new Catalog(flags.products));
  }

  private long householdsFor(long trading) {
    long transactions = flags.transactions == null ? DEFAULT_TRANSACTIONS : flags.transactions;
    long households = World.householdsFor((double) transactions, trading);
    problems.unless(
        households <= MOST_CUSTOMERS,
        "--transactions=%s: too many for this time; more than %s customers"
            .formatted(transactions, MOST_CUSTOMERS));
    problems.unless(
        flags.skew <= households || !skewIsPossible(),
        "--skew=%s: the first customer alone would make more than all --transactions"
            .formatted(flags.skew));
    return households;
  }

  private boolean skewIsPossible() {
    return flags.skew >= 1 && flags.skew <= MOST_SKEW;
  }

  private void within(String flag, long value, long least, long most) {
    problems.unless(
        value >= least && value <= most,
        "%s=%s: from %s to %s".formatted(flag, value, least, most));
  }
}

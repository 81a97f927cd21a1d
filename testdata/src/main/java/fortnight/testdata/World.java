package fortnight.testdata;

/**
 * What is simulated: so many households that buy from one shop in this span of time. The same world
 * has the same purchases, whoever simulates it.
 */
record World(long seed, long households, CustomerIds customers, Span span, Catalog catalog) {
  /** Purchases of a household and day, once the first weeks are over. */
  private static final double PURCHASES_A_DAY = 0.0539;

  double expectedPurchases() {
    return expectedPurchases(households, span.length());
  }

  /** So many households make about so many purchases in this time. */
  static long householdsFor(double purchases, long micros) {
    return Math.max(1, Math.round(purchases / expectedPurchases(1, micros)));
  }

  private static double expectedPurchases(long households, long micros) {
    return households * PURCHASES_A_DAY * micros / Micros.A_DAY;
  }
}

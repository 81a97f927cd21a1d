package fortnight.testdata.model;

/**
 * The input of a simulation: households that buy from one shop in a span of time. Equal worlds have
 * equal purchases.
 */
public record World(long seed, long households, CustomerIds customers, Span span, Catalog catalog) {
  /** Purchases per household and day, once the first weeks are over. */
  private static final double PURCHASES_PER_DAY = 0.0539;

  double expectedPurchases() {
    return expectedPurchases(households, span.length());
  }

  /** The number of households that make about so many purchases in this time. */
  public static long householdsFor(double purchases, long micros) {
    return Math.max(1, Math.round(purchases / expectedPurchases(1, micros)));
  }

  private static double expectedPurchases(long households, long micros) {
    return households * PURCHASES_PER_DAY * micros / Micros.PER_DAY;
  }
}

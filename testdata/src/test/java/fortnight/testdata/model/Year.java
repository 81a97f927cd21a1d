package fortnight.testdata.model;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The purchases of 2022 in one shop, simulated once for all tests. */
final class Year {
  static final int HOUSEHOLDS = 15_000;
  static final LocalDateTime JANUARY = LocalDateTime.of(2022, 1, 1, 0, 0);
  static final Catalog CATALOG = new Catalog(42, 100);
  static final List<Purchase> PURCHASES = simulate();

  private Year() {}

  private static List<Purchase> simulate() {
    Span span = new Span(Micros.of(JANUARY), Micros.of(JANUARY.plusYears(1)));
    World world = new World(42, HOUSEHOLDS, new CustomerIds(1), span, CATALOG);
    List<Purchase> year = new ArrayList<>();
    try (Purchases purchases = new Purchases(world, 2)) {
      purchases.forEachRemaining(year::add);
    }
    return year;
  }

  static void forEachLine(Line action) {
    for (Purchase purchase : PURCHASES) {
      for (int line = 0; line < purchase.lineItems(); line++) {
        action.accept(purchase, line);
      }
    }
  }

  interface Line {
    void accept(Purchase purchase, int line);
  }
}

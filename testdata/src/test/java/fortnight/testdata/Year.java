package fortnight.testdata;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** What a shop sells in 2022, for all tests that look at it. */
final class Year {
  static final int HOUSEHOLDS = 15_000;
  static final LocalDateTime JANUARY = LocalDateTime.of(2022, 1, 1, 0, 0);
  static final Catalog CATALOG = new Catalog(100);
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

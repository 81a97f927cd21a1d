package fortnight.testdata.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurchasesTest {
  private static final LocalDateTime START = LocalDateTime.of(2022, 1, 1, 0, 0);
  private static final Span YEAR = new Span(Micros.of(START), Micros.of(START.plusYears(1)));
  private static final World WORLD =
      new World(42, 3000, new CustomerIds(5), YEAR, new Catalog(42, 100));

  @Test
  void doNotDependOnThreadsAndNeighbourhoods() {
    List<String> inOneGo = purchases(1, 3000);

    assertThat(inOneGo).hasSizeGreaterThan(50_000);
    assertThat(purchases(8, 3000)).isEqualTo(inOneGo);
    assertThat(purchases(1, 77)).isEqualTo(inOneGo);
    assertThat(purchases(8, 77)).isEqualTo(inOneGo);
  }

  private static List<String> purchases(int threads, int householdsPerNeighbourhood) {
    List<String> all = new ArrayList<>();
    try (Purchases purchases = new Purchases(WORLD, threads, householdsPerNeighbourhood)) {
      while (purchases.hasNext()) {
        all.add(describe(purchases.next()));
      }
    }
    return all;
  }

  private static String describe(Purchase purchase) {
    StringBuilder text = new StringBuilder();
    text.append(purchase.micros()).append(' ').append(purchase.customer());
    text.append('@').append(purchase.store());
    for (int line = 0; line < purchase.lineItems(); line++) {
      text.append(' ').append(purchase.item(line)).append('*').append(purchase.quantity(line));
    }
    return text.toString();
  }
}

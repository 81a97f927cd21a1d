package fortnight.testdata.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoresTest {
  @Test
  void aHouseholdBuysInOneStore() {
    Map<Long, Integer> stores = new HashMap<>();

    for (Purchase purchase : Year.PURCHASES) {
      Integer before = stores.put(purchase.customer(), purchase.store());
      assertThat(before).isIn(null, purchase.store());
    }

    assertThat(stores).hasSize(Year.HOUSEHOLDS);
  }

  @Test
  void storesHaveTheirSharesOfTheHouseholds() {
    int[] households = new int[Stores.COUNT + 1];
    for (int household = 1; household <= 55_000; household++) {
      households[Stores.of(42, household)]++;
    }

    assertThat(households[0]).isZero();
    for (int store = 1; store <= Stores.COUNT; store++) {
      assertThat(households[store]).isCloseTo(1000 * (Stores.COUNT + 1 - store), within(300));
    }
  }

  @Test
  void dependOnTheSeed() {
    assertThat(storesOfTwentyHouseholds(1)).isNotEqualTo(storesOfTwentyHouseholds(2));
  }

  private static String storesOfTwentyHouseholds(long seed) {
    StringBuilder stores = new StringBuilder();
    for (int household = 1; household <= 20; household++) {
      stores.append(Stores.of(seed, household)).append(' ');
    }
    return stores.toString();
  }
}

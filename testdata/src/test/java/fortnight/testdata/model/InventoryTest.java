package fortnight.testdata.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Category BAGS = Category.ALL.get(3);

  @Test
  void isEmptyInitially() {
    assertThat(new Inventory(BAGS, 1).exhaustion()).isZero();
  }

  @Test
  void lastsAsLongAsThePetsNeed() {
    double days = 0;
    RandomStream random = new RandomStream();
    for (int i = 0; i < 1000; i++) {
      Inventory bags = new Inventory(BAGS, 2);
      bags.refill(0, 60, random);
      days += bags.exhaustion();
    }

    assertThat(days / 1000).isCloseTo(60 / 2.0, within(1.0));
  }

  @Test
  void aRefillBeforeTheExhaustionMovesIt() {
    Inventory early = new Inventory(BAGS, 2);
    Inventory justInTime = new Inventory(BAGS, 2);
    early.refill(0, 60, new RandomStream().resume(1));
    early.refill(1, 60, new RandomStream().resume(2));
    justInTime.refill(0, 60, new RandomStream().resume(1));
    justInTime.refill(justInTime.exhaustion() - 1e-9, 60, new RandomStream().resume(2));

    assertThat(early.exhaustion()).isEqualTo(justInTime.exhaustion());
  }

  @Test
  void aRefillAfterTheExhaustionStartsAgain() {
    Inventory bags = new Inventory(BAGS, 2);
    bags.refill(0, 60, new RandomStream());
    bags.refill(500, 60, new RandomStream().resume(3));
    Inventory fresh = new Inventory(BAGS, 2);
    fresh.refill(0, 60, new RandomStream().resume(3));

    assertThat(bags.exhaustion()).isCloseTo(500 + fresh.exhaustion(), within(1e-9));
  }
}

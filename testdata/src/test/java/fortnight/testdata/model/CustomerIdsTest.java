package fortnight.testdata.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CustomerIdsTest {
  @Test
  void withoutSkewEveryHouseholdIsACustomer() {
    assertThat(ids(1, 5)).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void withSkewTheFirstCustomersHaveSeveralHouseholds() {
    // 4 / 1, 4 / 2, 4 / 3 rounded, then one each
    assertThat(ids(4, 10)).containsExactly(1, 1, 1, 1, 2, 2, 3, 4, 5, 6);
  }

  @Test
  void countsTheHouseholdsOfTheFirstCustomers() {
    CustomerIds ids = new CustomerIds(4);

    assertThat(LongStream.rangeClosed(1, 5).map(ids::households))
        .containsExactly(4L, 6L, 7L, 8L, 9L);
  }

  private static long[] ids(double skew, int households) {
    return LongStream.rangeClosed(1, households).map(new CustomerIds(skew)::of).toArray();
  }
}

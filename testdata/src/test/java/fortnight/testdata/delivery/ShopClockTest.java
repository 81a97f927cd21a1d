package fortnight.testdata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.model.Span;
import org.junit.jupiter.api.Test;

class ShopClockTest {
  @Test
  void mapsTheStartAndDividesByTheSpeedup() {
    ShopClock clock = new ShopClock(5_000, 1_000_000, 10);

    assertThat(clock.at(5_000)).isEqualTo(1_000_000);
    assertThat(clock.at(6_000)).isEqualTo(1_000_100);
    assertThat(clock.at(new Span(5_000, 6_000))).isEqualTo(new Span(1_000_000, 1_000_100));
  }
}

package fortnight.transforms;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Measure;
import org.junit.jupiter.api.Test;

class VolumeChangeTest {

  @Test
  void computesChangeAndRatio() {
    assertThat(change(4, 6).change()).isEqualTo(Int128.of(2));
    assertThat(change(4, 6).ratio()).hasValue(1.5);
    assertThat(change(4, -2).change()).isEqualTo(Int128.of(-6));
    assertThat(change(4, -2).ratio()).hasValue(-0.5);
  }

  @Test
  void hasRatioZeroWithoutCurrentSales() {
    assertThat(change(4, 0).change()).isEqualTo(Int128.of(-4));
    assertThat(change(4, 0).ratio()).hasValue(0);
  }

  @Test
  void hasNoRatioUnlessPreviousIsPositive() {
    assertThat(change(0, 0).ratio()).isEmpty();
    assertThat(change(0, 6).ratio()).isEmpty();
    assertThat(change(-1, 6).ratio()).isEmpty();
  }

  @Test
  void isExactBeyondTheRangeOfLong() {
    assertThat(change(-1, Long.MAX_VALUE).change()).hasToString("9223372036854775808");
    assertThat(change(Long.MIN_VALUE, Long.MAX_VALUE).change()).hasToString("18446744073709551615");
  }

  private static VolumeChange change(long previous, long current) {
    return new VolumeChange(
        at("2022-12-26"),
        at("2023-01-02"),
        at("2023-01-09"),
        Scope.SHOP,
        Measure.TRANSACTIONS,
        Int128.of(previous),
        Int128.of(current),
        0,
        onTime());
  }
}

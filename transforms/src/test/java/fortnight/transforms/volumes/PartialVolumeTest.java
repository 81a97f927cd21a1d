package fortnight.transforms.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Measure;
import fortnight.transforms.DistinctIds;
import fortnight.transforms.Id;
import fortnight.transforms.IdSet;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Volume;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of units and amounts are exact beyond 64 bits, and with carries in both directions. */
class PartialVolumeTest {
  private static final Id ITEM = Id.ofInteger(7);

  @Test
  void equalsTheSumOfBigIntegers() {
    Random random = new Random(22);
    for (int run = 0; run < 200; run++) {
      PartialVolume partial = new PartialVolume();
      Volume sum = Volume.NONE;
      RunningVolume running = new RunningVolume();
      BigInteger units = BigInteger.ZERO;
      BigInteger revenue = BigInteger.ZERO;
      for (int i = random.nextInt(50); i > 0; i--) {
        LineItem item = lineItem(random);
        units = units.add(BigInteger.valueOf(item.quantity()));
        revenue = revenue.add(item.amount().toBigInteger());
        Volume one = volumeOf(item);

        partial.addLineItem(item);
        sum = sum.plus(one);
        running.add(one);
        running.add(volumeOf(lineItem(new Random(i))));
        running.remove(volumeOf(lineItem(new Random(i))));
      }

      Volume partialSum = partial.volume(IdSet.EMPTY);
      assertThat(partialSum).isEqualTo(sum);
      assertThat(partialSum.units().toBigInteger()).isEqualTo(units);
      assertThat(partialSum.revenue().toBigInteger()).isEqualTo(revenue);
      assertThat(running.of(Measure.UNITS)).isEqualTo(sum.units());
      assertThat(running.of(Measure.REVENUE)).isEqualTo(sum.revenue());
    }
  }

  @Test
  void isExactWhereDoublesAreNot() {
    PartialVolume partial = new PartialVolume();
    for (int i = 0; i < 1_000_000; i++) {
      partial.addLineItem(LineItem.of(ITEM, 1, Int128.of(10), List.of())); // 0.10
    }
    partial.addLineItem(LineItem.of(ITEM, 1, Int128.of(Long.MAX_VALUE), List.of()));

    assertThat(partial.volume(IdSet.EMPTY).revenue().toBigInteger())
        .isEqualTo(BigInteger.valueOf(10_000_000).add(BigInteger.valueOf(Long.MAX_VALUE)));
  }

  private static Volume volumeOf(LineItem item) {
    return new Volume(
        0,
        1,
        Int128.of(item.quantity()),
        item.amount(),
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        DistinctIds.NONE);
  }

  /** Values are near zero, near the limits of 64 bits, or anything. */
  private static LineItem lineItem(Random random) {
    long quantity = number(random);
    return LineItem.of(
        ITEM,
        quantity,
        random.nextBoolean() ? Int128.product(quantity, random.nextInt()) : Int128.of(quantity),
        List.of());
  }

  private static long number(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(5) - 2;
      case 1 -> Long.MAX_VALUE - random.nextInt(2);
      case 2 -> Long.MIN_VALUE + random.nextInt(2);
      case 3 -> random.nextInt();
      default -> random.nextLong();
    };
  }
}

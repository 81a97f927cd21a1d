package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.item;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class BoundedSlicesTest {
  private static final BoundedSlices.SumSlicesFn SUM = new BoundedSlices.SumSlicesFn();

  private static final Map<Scope, Volume> SHOP = Map.of(Scope.SHOP, new Volume(1, 2, 3, 10, 10));
  private static final Map<Scope, Volume> SEVEN = Map.of(item(7), Volume.ofItem(1, 4));

  private static Slice slice(long start, Map<Scope, Volume> volumes) {
    return new Slice(Instant.ofEpochMilli(start), 0, volumes);
  }

  @Test
  void sumsSlicesWithTheSameStartForEverySplitOfTheInput() {
    CombineFnTester.testCombineFn(
        SUM,
        new ArrayList<>(
            List.of(
                slice(1000, SHOP),
                slice(1000, SEVEN),
                slice(1000, SEVEN),
                slice(2000, SEVEN),
                slice(3000, Map.of()))),
        Map.of(
            1000L,
            Map.of(Scope.SHOP, new Volume(1, 2, 3, 10, 10), item(7), Volume.ofItem(2, 8)),
            2000L,
            SEVEN,
            3000L,
            Map.of()));
  }

  @Test
  void doesNotModifySlices() {
    Slice slice = slice(1000, SEVEN);
    Map<Long, Map<Scope, Volume>> sum = SUM.addInput(SUM.createAccumulator(), slice);
    SUM.addInput(sum, slice);

    assertThat(slice.volumes()).isEqualTo(Map.of(item(7), Volume.ofItem(1, 4)));
    assertThat(sum).isEqualTo(Map.of(1000L, Map.of(item(7), Volume.ofItem(2, 8))));
  }

  @Test
  void encodesItsAccumulator() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(
        SUM.getDefaultOutputCoder(null, Slice.coder()), Map.of(1000L, SHOP, 2000L, SEVEN));
  }
}

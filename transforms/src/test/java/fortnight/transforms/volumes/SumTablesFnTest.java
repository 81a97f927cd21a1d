package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.item;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.Scope;
import fortnight.transforms.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumTablesFnTest {
  private static final SumTablesFn<Volume> SUM = SumTablesFn.ofVolumes();

  private static final List<Map<Scope, Volume>> TABLES =
      List.of(
          Map.of(Scope.SHOP, new Volume(1, 2, 3, 10, 10)),
          Map.of(Scope.SHOP, new Volume(2, 2, -1, 5, 20), item(7), Volume.ofItem(1, 4)),
          Map.of(item(7), Volume.ofItem(1, -6), item(8), Volume.ofItem(1, 1)),
          Map.of(Scope.of(Id.ofString("7")), Volume.ofItem(3, 3)),
          Map.of(Scope.SHOP, Volume.NONE),
          Map.of());

  private static final Map<Scope, Volume> TOTAL =
      Map.of(
          Scope.SHOP,
          new Volume(3, 4, 2, 5, 20),
          item(7),
          Volume.ofItem(2, -2),
          item(8),
          Volume.ofItem(1, 1),
          Scope.of(Id.ofString("7")),
          Volume.ofItem(3, 3));

  @Test
  void sumsByScopeForEverySplitOfTheInput() {
    CombineFnTester.testCombineFn(SUM, new ArrayList<>(TABLES), TOTAL);
  }

  @Test
  void sumsHalves() {
    CombineFnTester.testCombineFn(
        SumTablesFn.ofHalves(),
        Arrays.asList(
            Map.of(
                Scope.SHOP, halves(shop(1), Volume.NONE), item(7), halves(Volume.NONE, items(5))),
            Map.of(Scope.SHOP, halves(Volume.NONE, shop(2))),
            Map.of(item(7), halves(items(3), items(-6)))),
        Map.of(Scope.SHOP, halves(shop(1), shop(2)), item(7), halves(items(3), twoItems(-1))));
  }

  @Test
  void returnsAnEmptyTableForEmptyInput() {
    CombineFnTester.testCombineFn(SUM, List.of(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void isIndependentOfOrderAndSplit(long seed) {
    Random random = new Random(seed);
    List<Map<Scope, Volume>> tables = randomTables(random);
    Map<Scope, Volume> total = naiveSum(tables);

    for (int run = 0; run < 50; run++) {
      Collections.shuffle(tables, random);
      assertThat(SUM.extractOutput(summedInSplits(tables, random))).isEqualTo(total);
    }
  }

  @Test
  void hasANeutralElement() {
    Map<Scope, Volume> sum = merged(new HashMap<>(TOTAL), SUM.createAccumulator());

    assertThat(sum).isEqualTo(TOTAL);
    assertThat(merged(SUM.createAccumulator(), new HashMap<>(TOTAL))).isEqualTo(TOTAL);
    assertThat(new Volume(1, 2, 3, 4, 5).plus(Volume.NONE)).isEqualTo(new Volume(1, 2, 3, 4, 5));
    assertThat(Volume.NONE.plus(Volume.NONE)).isEqualTo(Volume.NONE);
  }

  @Test
  void doesNotModifyOutputsWhenMoreIsAdded() {
    Map<Scope, Volume> accumulator = SUM.addInput(SUM.createAccumulator(), TABLES.get(0));
    Map<Scope, Volume> output = SUM.extractOutput(accumulator);
    Map<Scope, Volume> before = Map.copyOf(output);

    SUM.addInput(accumulator, TABLES.get(0));

    assertThat(output).isEqualTo(before);
  }

  @Test
  void doesNotModifyItsInput() {
    Map<Scope, Volume> input = new HashMap<>(TABLES.get(1));

    SUM.addInput(SUM.addInput(SUM.createAccumulator(), input), input);

    assertThat(input).isEqualTo(TABLES.get(1));
  }

  @Test
  void isExactBeyondTheRangeOfLong() {
    Volume max = Volume.ofItem(1, Long.MAX_VALUE);
    Volume min = Volume.ofItem(1, Long.MIN_VALUE);

    assertThat(max.plus(min)).isEqualTo(Volume.ofItem(2, -1));
    assertThat(max.plus(max).units()).hasToString("18446744073709551614");
    assertThat(min.plus(min).units()).hasToString("-18446744073709551616");
    assertThat(
            new Halves(Volume.NONE, max, false)
                .plus(new Halves(Volume.NONE, Volume.ofItem(1, 1), false))
                .current()
                .units())
        .hasToString("9223372036854775808");
  }

  private static Halves halves(Volume previous, Volume current) {
    return new Halves(previous, current, false);
  }

  private static Volume shop(long transactions) {
    return new Volume(transactions, 0, 0, 5, 6);
  }

  private static Volume items(long units) {
    return Volume.ofItem(1, units);
  }

  private static Volume twoItems(long units) {
    return Volume.ofItem(2, units);
  }

  private static Map<Scope, Volume> summedInSplits(List<Map<Scope, Volume>> tables, Random random) {
    if (tables.size() == 1 || random.nextInt(4) == 0) {
      Map<Scope, Volume> sum = SUM.createAccumulator();
      for (Map<Scope, Volume> table : tables) {
        sum = SUM.addInput(sum, table);
      }
      return sum;
    }
    int split = 1 + random.nextInt(tables.size() - 1);
    return merged(
        summedInSplits(tables.subList(0, split), random),
        summedInSplits(tables.subList(split, tables.size()), random));
  }

  private static Map<Scope, Volume> merged(Map<Scope, Volume> a, Map<Scope, Volume> b) {
    return SUM.mergeAccumulators(List.of(a, b));
  }

  private static List<Map<Scope, Volume>> randomTables(Random random) {
    List<Map<Scope, Volume>> tables = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Map<Scope, Volume> table = new HashMap<>();
      long time = random.nextInt(100);
      table.put(Scope.SHOP, new Volume(1, 2, random.nextInt(10), time, time));
      table.put(item(random.nextInt(4)), Volume.ofItem(1, random.nextInt(10) - 5));
      tables.add(table);
    }
    return tables;
  }

  private static Map<Scope, Volume> naiveSum(List<Map<Scope, Volume>> tables) {
    Map<Scope, Volume> sum = new HashMap<>();
    for (Map<Scope, Volume> table : tables) {
      table.forEach(
          (scope, v) -> {
            Volume s = sum.getOrDefault(scope, Volume.NONE);
            sum.put(
                scope,
                new Volume(
                    s.transactions() + v.transactions(),
                    s.lineItems() + v.lineItems(),
                    s.units().plus(v.units()),
                    Int128.ZERO,
                    Math.min(s.first(), v.first()),
                    Math.max(s.last(), v.last()),
                    s.ids().plus(v.ids())));
          });
    }
    return sum;
  }
}

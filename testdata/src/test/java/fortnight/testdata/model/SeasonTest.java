package fortnight.testdata.model;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.time.Month;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Seasonal products sell by season, and no other product looks seasonal. */
class SeasonTest {
  private static final List<Purchase> YEAR = Year.PURCHASES;
  private static final Map<Month, List<Purchase>> BY_MONTH =
      YEAR.stream().collect(groupingBy(SeasonTest::month));

  private static final LocalDateTime MONDAY = LocalDateTime.of(2022, 1, 3, 0, 0);
  private static final int FULL_WEEKS = 51;

  /** Pieces per week up to which chance alone causes high ratios. */
  private static final int HARDLY_SELLS = 10;

  @Test
  void aSeasonalProductSellsInItsSeasonAndRarelyOtherwise() {
    double soldInAll = 0;
    double expectedInAll = 0;
    for (SeasonalProduct product : SeasonalProduct.ALL) {
      Predicate<Month> on = product.season()::contains;
      long inSeason = purchasesIn(on).count();
      double expected = product.chance() * inSeason;
      double expectedElse = product.chance() * 0.015 * (YEAR.size() - inSeason);
      long sold = soldTo(product, on);
      long soldElse = soldTo(product, on.negate());

      assertThat(sold / expected).as(product.title()).isCloseTo(1, within(0.1));
      assertThat(soldElse / expectedElse).as("%s, off season", product.title()).isBetween(0.5, 1.7);
      soldInAll += soldElse;
      expectedInAll += expectedElse;
    }
    assertThat(soldInAll / expectedInAll).isCloseTo(1, within(0.15));
  }

  @Test
  void onlySeasonalProductsAreOutliers() {
    long[][] units = new long[101][FULL_WEEKS];
    Year.forEachLine(
        (purchase, line) -> {
          int week = week(purchase);
          if (week >= 0 && week < FULL_WEEKS) {
            units[purchase.item(line)][week] += purchase.quantity(line);
          }
        });
    Set<Integer> jump = new TreeSet<>();
    Set<Integer> collapse = new TreeSet<>();
    for (int item = 1; item <= 100; item++) {
      for (int week = 1; week < FULL_WEEKS; week++) {
        long before = units[item][week - 1];
        long now = units[item][week];
        boolean jumps = now > 7 * before;
        if (jumps || now < 0.15 * before) {
          assertThat(item).isIn(seasonalItems());
          if (Math.max(before, now) > HARDLY_SELLS) {
            (jumps ? jump : collapse).add(item);
            assertThat(turns(item, week)).as("item %s in week %s", item, week).isTrue();
          }
        }
      }
    }
    assertThat(jump).containsExactlyInAnyOrderElementsOf(seasonalItems());
    assertThat(collapse).contains(1, 2, 3, 4, 5, 6, 8);
  }

  /** Whether the product's season begins or ends in this week or in the one before. */
  private static boolean turns(int item, int week) {
    SeasonalProduct.Season season = SeasonalProduct.ALL.get(item - 1).season();
    return IntStream.range(7 * (week - 1), 7 * (week + 1))
            .mapToObj(day -> season.contains(MONDAY.plusDays(day).getMonth()))
            .distinct()
            .count()
        == 2;
  }

  private static Stream<Purchase> purchasesIn(Predicate<Month> months) {
    return BY_MONTH.entrySet().stream()
        .filter(month -> months.test(month.getKey()))
        .flatMap(month -> month.getValue().stream());
  }

  private static long soldTo(SeasonalProduct product, Predicate<Month> months) {
    return purchasesIn(months)
        .mapToLong(
            purchase ->
                IntStream.range(0, purchase.lineItems())
                    .filter(line -> purchase.item(line) == product.item())
                    .count())
        .sum();
  }

  private static Month month(Purchase purchase) {
    return Micros.toLocal(purchase.micros()).getMonth();
  }

  private static int week(Purchase purchase) {
    return (int) Math.floorDiv(purchase.micros() - Micros.of(MONDAY), 7 * Micros.PER_DAY);
  }

  private static List<Integer> seasonalItems() {
    return SeasonalProduct.ALL.stream().map(SeasonalProduct::item).toList();
  }
}

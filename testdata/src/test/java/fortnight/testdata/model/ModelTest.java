package fortnight.testdata.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the model with the figures of Nowling and Vyas, each within a tolerance. */
class ModelTest {
  private static final List<Purchase> YEAR = Year.PURCHASES;
  private static final Map<Integer, Catalog.Product> PRODUCTS = new HashMap<>();

  @BeforeAll
  static void readTheCatalog() {
    Year.CATALOG.products().forEach(product -> PRODUCTS.put(product.item(), product));
  }

  @Test
  void aCustomerBuysTwentyTimesAYear() {
    long[] rates = sorted(counts(purchase -> purchase.customer()));

    assertThat(rates).hasSize(Year.HOUSEHOLDS);
    assertThat(YEAR.size() / (double) Year.HOUSEHOLDS).isCloseTo(20, within(0.5));
    assertThat(percentile(rates, 10)).isBetween(9L, 11L);
    assertThat(percentile(rates, 50)).isBetween(17L, 19L);
    assertThat(percentile(rates, 90)).isBetween(30L, 34L);
  }

  @Test
  void eighteenDaysLieBetweenTwoPurchases() {
    Map<Long, Long> last = new HashMap<>();
    List<Long> minutes = new ArrayList<>();
    for (Purchase purchase : YEAR) {
      Long before = last.put(purchase.customer(), purchase.micros());
      if (before != null) {
        minutes.add((purchase.micros() - before) / (60 * Micros.PER_SECOND));
      }
    }
    long[] gaps = sorted(minutes);

    assertThat(days((long) Arrays.stream(gaps).average().orElseThrow())).isCloseTo(18, within(0.5));
    assertThat(days(percentile(gaps, 10))).isCloseTo(3.5, within(0.3));
    assertThat(days(percentile(gaps, 50))).isCloseTo(15, within(0.7));
    assertThat(days(percentile(gaps, 90))).isCloseTo(36, within(1.5));
  }

  @Test
  void aPurchaseHasThreeLineItems() {
    assertThat(mean(Purchase::lineItems)).isCloseTo(3, within(0.2));
  }

  @Test
  void categoriesHaveTheSharesOfThePaper() {
    Map<String, Long> items =
        PRODUCTS.values().stream()
            .map(Catalog.Product::category)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), category -> 0L));
    Year.forEachLine(
        (purchase, line) ->
            items.merge(PRODUCTS.get(purchase.item(line)).category(), 1L, Long::sum));
    double all = items.values().stream().mapToLong(Long::longValue).sum() - items.get("Seasonal");

    assertThat(items.get("Dry Dog Food") / all).isCloseTo(0.40, within(0.03));
    assertThat(items.get("Dry Cat Food") / all).isCloseTo(0.23, within(0.03));
    assertThat(items.get("Kitty Litter") / all).isCloseTo(0.17, within(0.03));
    assertThat(items.get("Poop Bags") / all).isCloseTo(0.20, within(0.03));
  }

  @Test
  void quantitiesAreOneTwoOrThree() {
    long[] lines = new long[4];
    Year.forEachLine((purchase, line) -> lines[purchase.quantity(line)]++);
    double all = Arrays.stream(lines).sum();

    assertThat(lines[1] / all).isCloseTo(0.7, within(0.005));
    assertThat(lines[2] / all).isCloseTo(0.2, within(0.005));
    assertThat(lines[3] / all).isCloseTo(0.1, within(0.005));
  }

  @Test
  void noWeekdayAndNoHourIsSpecial() {
    Map<DayOfWeek, Long> weekdays =
        counts(purchase -> Micros.toLocal(purchase.micros()).getDayOfWeek());
    Map<Integer, Long> hours = counts(purchase -> Micros.toLocal(purchase.micros()).getHour());

    weekdays.forEach(
        (day, count) -> {
          double daysOfTheYear = day == DayOfWeek.SATURDAY ? 53 : 52; // 2022
          assertThat(count * 365 / daysOfTheYear / YEAR.size())
              .as("%s", day)
              .isCloseTo(1, within(0.02));
        });
    hours.forEach(
        (hour, count) ->
            assertThat(count * 24.0 / YEAR.size()).as("hour %d", hour).isCloseTo(1, within(0.03)));
  }

  @Test
  void everyWeekIsCloseToTheMean() {
    Map<Long, Long> weeks =
        counts(purchase -> (purchase.micros() - Micros.of(Year.JANUARY)) / (7 * Micros.PER_DAY));
    weeks.remove(52L); // one day
    double mean = weeks.values().stream().mapToLong(Long::longValue).average().orElseThrow();

    assertThat(weeks).hasSize(52);
    weeks.forEach(
        (week, count) -> assertThat(count / mean).as("week %d", week).isCloseTo(1, within(0.05)));
  }

  private static <T> Map<T, Long> counts(Function<Purchase, T> key) {
    return YEAR.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }

  private static double mean(ToLongFunction<Purchase> value) {
    return YEAR.stream().mapToLong(value).average().orElseThrow();
  }

  private static long[] sorted(Map<?, Long> counts) {
    return sorted(List.copyOf(counts.values()));
  }

  private static long[] sorted(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static long percentile(long[] sorted, int percent) {
    return sorted[sorted.length * percent / 100];
  }

  private static double days(long minutes) {
    return minutes / 1440.0;
  }
}

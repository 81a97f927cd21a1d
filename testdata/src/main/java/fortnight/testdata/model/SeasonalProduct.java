package fortnight.testdata.model;

import static java.time.Month.APRIL;
import static java.time.Month.AUGUST;
import static java.time.Month.DECEMBER;
import static java.time.Month.FEBRUARY;
import static java.time.Month.JUNE;
import static java.time.Month.MARCH;
import static java.time.Month.MAY;
import static java.time.Month.NOVEMBER;
import static java.time.Month.OCTOBER;
import static java.time.Month.SEPTEMBER;

import fortnight.testdata.model.Category.Species;
import java.time.Month;
import java.util.List;

/**
 * A product outside of the categories that sells in some months of the year.
 *
 * @param chance probability that a purchase in the season contains it
 * @param listCents list price in cents; its price is near it
 */
record SeasonalProduct(
    int item, String title, Species species, double chance, int listCents, Season season) {
  static final List<SeasonalProduct> ALL =
      List.of(
          new SeasonalProduct(1, "Dog Leash", Species.DOG, 0.02, 1299, new Season(MARCH, OCTOBER)),
          new SeasonalProduct(
              2, "Dog Harness", Species.DOG, 0.015, 2499, new Season(APRIL, OCTOBER)),
          new SeasonalProduct(
              3,
              "Outdoor Dog Toy, Flying Disc",
              Species.DOG,
              0.02,
              799,
              new Season(APRIL, SEPTEMBER)),
          new SeasonalProduct(
              4,
              "Outdoor Dog Toy, Ball Launcher",
              Species.DOG,
              0.015,
              1499,
              new Season(MAY, SEPTEMBER)),
          new SeasonalProduct(5, "Cooling Mat", Species.DOG, 0.01, 2999, new Season(JUNE, AUGUST)),
          new SeasonalProduct(
              6, "Pumpkin Costume", Species.DOG, 0.02, 1899, new Season(OCTOBER, OCTOBER)),
          new SeasonalProduct(
              7, "Dog Winter Coat", Species.DOG, 0.01, 3499, new Season(NOVEMBER, FEBRUARY)),
          new SeasonalProduct(8, "Cat Grass", Species.CAT, 0.01, 499, new Season(NOVEMBER, MARCH)),
          new SeasonalProduct(
              9, "Dog Holiday Treats", Species.DOG, 0.02, 899, new Season(DECEMBER, DECEMBER)),
          new SeasonalProduct(
              10, "Cat Holiday Treats", Species.CAT, 0.02, 699, new Season(DECEMBER, DECEMBER)));

  /** The probability that a purchase in this month contains it. */
  double chance(Month month) {
    return chance * season.weight(month);
  }

  /** The months in which a product sells, both inclusive; in other months it rarely sells. */
  record Season(Month first, Month last) {
    private static final double OFF_SEASON_WEIGHT = 0.015;

    boolean contains(Month month) {
      return first.compareTo(last) <= 0
          ? month.compareTo(first) >= 0 && month.compareTo(last) <= 0
          : month.compareTo(first) >= 0 || month.compareTo(last) <= 0;
    }

    /** The probability of a sale in this month, relative to the season. */
    double weight(Month month) {
      return contains(month) ? 1 : OFF_SEASON_WEIGHT;
    }

    @Override
    public String toString() {
      return first.equals(last) ? first.toString() : first + "-" + last;
    }
  }
}

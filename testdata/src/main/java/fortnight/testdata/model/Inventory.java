package fortnight.testdata.model;

/**
 * A household's stock of one category, and the time at which it will be used up.
 *
 * <p>Uses do not depend on the amount, so a refill before the exhaustion only moves it: the random
 * walk of uses continues where it stopped, and its path needs no memory. Times are days.
 */
final class Inventory {
  final Category category;
  private final double meanUse;
  private final double varianceOfUse;
  private double exhaustion;
  private double deficit;

  /** Empty at day 0. */
  Inventory(Category category, int pets) {
    this.category = category;
    this.meanUse = category.meanUse() * pets;
    this.varianceOfUse = category.varianceOfUse() * pets;
  }

  /** The time at which the stock is used up; may be in the past. */
  double exhaustion() {
    return exhaustion;
  }

  /** Adds a pack at this time. */
  void refill(double now, double pack, RandomStream random) {
    double time = exhaustion;
    double amount = pack - deficit;
    if (now >= exhaustion) { // there are no uses while the stock is empty
      time = now;
      amount = pack;
    }
    while (amount > 0) {
      double days = random.exponential(1 / category.usesADay());
      time += days;
      amount -= Math.max(0, random.normal(meanUse * days, varianceOfUse * days));
    }
    exhaustion = time;
    deficit = -amount;
  }
}

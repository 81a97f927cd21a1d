package fortnight.testdata;

/**
 * What a household has of one category, and when it will have used it up.
 *
 * <p>Uses do not depend on the amount, so a refill before the exhaustion only moves it: the walk of
 * uses goes on where it stood, and no path needs to be kept. Times are days.
 */
final class Inventory {
  final Category category;
  private final double meanUse;
  private final double varianceOfUse;
  private double exhaustion;
  private double lacking;

  /** Empty at day 0. */
  Inventory(Category category, int pets) {
    this.category = category;
    this.meanUse = category.meanUse() * pets;
    this.varianceOfUse = category.varianceOfUse() * pets;
  }

  /** The time at which nothing is left, which may lie in the past. */
  double exhaustion() {
    return exhaustion;
  }

  /** Adds a pack at this time. */
  void refill(double now, double pack, Dice dice) {
    double time = exhaustion;
    double amount = pack - lacking;
    if (now >= exhaustion) { // nothing was used while there was nothing
      time = now;
      amount = pack;
    }
    while (amount > 0) {
      double days = dice.exponential(1 / category.usesADay());
      time += days;
      amount -= Math.max(0, dice.normal(meanUse * days, varianceOfUse * days));
    }
    exhaustion = time;
    lacking = -amount;
  }
}

package fortnight.testdata;

import java.time.Month;
import java.util.ArrayList;
import java.util.List;

/**
 * It keeps pets: it buys when something is about to run out, and takes along what soon will.
 *
 * <p>Days are its own, from its first purchase on; the random stream is its own as well.
 */
final class Household {
  private static final double STOP = 0.01;

  private final Profile profile;
  private final double transactionTrigger;
  private final double purchaseTrigger;
  private final List<Inventory> inventories = new ArrayList<>(Category.ALL.size());
  private long stream;
  private double next;

  /** A household whose first purchase is on day 0, with everything used up. */
  Household(long seed, long number, Dice dice) {
    this.profile = new Profile(Dice.stream(seed, number, 1));
    dice.resume(Dice.stream(seed, number, 0));
    int pets = 1 + dice.nextInt(10);
    int dogs = 0;
    for (int pet = 0; pet < pets; pet++) {
      dogs += dice.nextBoolean() ? 1 : 0;
    }
    transactionTrigger = dice.clampedNormal(5, 2, 1, 10);
    purchaseTrigger = dice.clampedNormal(10, 4, 1, 20);
    for (Category category : Category.ALL) {
      int animals = category.species() == Species.DOG ? dogs : pets - dogs;
      if (animals > 0) {
        inventories.add(new Inventory(category, animals));
      }
    }
    stream = dice.stream();
  }

  /** The day of the next purchase. */
  double next() {
    return next;
  }

  /** Fills the basket on that day, and decides when to come again. */
  void buy(Basket basket, Month month, Catalog catalog, Dice dice) {
    dice.resume(stream);
    basket.clear();
    takeWhatRunsOut(basket, catalog, dice);
    takeSeasonal(basket, month, dice);
    next = nextPurchase(dice);
    stream = dice.stream();
  }

  private void takeWhatRunsOut(Basket basket, Catalog catalog, Dice dice) {
    double[] weights = new double[inventories.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight(inventories.get(i));
    }
    int chosen = choose(weights, 0, dice);
    while (chosen < weights.length) {
      Inventory inventory = inventories.get(chosen);
      Catalog.Choice choice = catalog.choose(inventory.category, profile, dice);
      basket.add(choice.item(), quantity(dice));
      inventory.refill(next, choice.pack(), dice);
      weights[chosen] = weight(inventory);
      chosen = choose(weights, STOP, dice);
    }
  }

  private double weight(Inventory inventory) {
    double days = Math.max(0, inventory.exhaustion() - next);
    return StrictMath.exp(-days / purchaseTrigger) / purchaseTrigger;
  }

  /** An index into the weights, or their number for "stop". */
  private static int choose(double[] weights, double stop, Dice dice) {
    double total = stop;
    for (double weight : weights) {
      total += weight;
    }
    double left = dice.nextDouble() * total;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return stop > 0 ? weights.length : weights.length - 1;
  }

  private void takeSeasonal(Basket basket, Month month, Dice dice) {
    double left = dice.nextDouble();
    for (SeasonalProduct product : SeasonalProduct.ALL) {
      left -= product.chance(month);
      if (left < 0) {
        if (keeps(product.species())) {
          basket.add(product.item(), quantity(dice));
        }
        return;
      }
    }
  }

  private boolean keeps(Species species) {
    return inventories.stream().anyMatch(inventory -> inventory.category.species() == species);
  }

  private static int quantity(Dice dice) {
    double draw = dice.nextDouble();
    return draw < 0.7 ? 1 : draw < 0.9 ? 2 : 3;
  }

  /** Some time before the first exhaustion, but not before now. */
  private double nextPurchase(Dice dice) {
    double first = Double.POSITIVE_INFINITY;
    for (Inventory inventory : inventories) {
      first = Math.min(first, proposal(inventory, dice));
    }
    return first;
  }

  /**
   * The exhaustion less an exponential lag that is no longer than the time until then: what remains
   * of proposals when those before now are refused. What was left empty is missed soon.
   */
  private double proposal(Inventory inventory, Dice dice) {
    double days = inventory.exhaustion() - next;
    if (days <= 0) {
      return next + dice.exponential(transactionTrigger);
    }
    double share = -StrictMath.expm1(-days / transactionTrigger);
    double lag = -transactionTrigger * StrictMath.log1p(-dice.nextDouble() * share);
    return next + Math.max(0, days - lag);
  }
}

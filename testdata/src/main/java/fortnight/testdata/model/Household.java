package fortnight.testdata.model;

import java.time.Month;
import java.util.ArrayList;
import java.util.List;

/**
 * A household with pets. It buys when a category is about to run out, and adds categories that will
 * run out soon.
 *
 * <p>Days count from its first purchase. Each household has a random stream of its own.
 */
final class Household {
  private static final double STOP_WEIGHT = 0.01;

  private final Profile profile;
  private final double transactionTrigger;
  private final double purchaseTrigger;
  private final List<Inventory> inventories = new ArrayList<>(Category.ALL.size());
  private long stream;
  private double next;

  /** A household whose first purchase is on day 0, with an empty stock. */
  Household(long seed, long number, RandomStream random) {
    this.profile = new Profile(RandomStream.stream(seed, number, 1));
    random.resume(RandomStream.stream(seed, number, 0));
    int pets = 1 + random.nextInt(10);
    int dogs = 0;
    for (int pet = 0; pet < pets; pet++) {
      dogs += random.nextBoolean() ? 1 : 0;
    }
    transactionTrigger = random.clampedNormal(5, 2, 1, 10);
    purchaseTrigger = random.clampedNormal(10, 4, 1, 20);
    for (Category category : Category.ALL) {
      int animals = category.species() == Category.Species.DOG ? dogs : pets - dogs;
      if (animals > 0) {
        inventories.add(new Inventory(category, animals));
      }
    }
    stream = random.stream();
  }

  /** The day of the next purchase. */
  double next() {
    return next;
  }

  /** Adds the line items of the purchase on that day, and draws the day of the next one. */
  void buy(Purchase.Builder basket, Month month, Catalog catalog, RandomStream random) {
    random.resume(stream);
    basket.clear();
    addWhatRunsOut(basket, catalog, random);
    addSeasonal(basket, month, random);
    next = nextPurchase(random);
    stream = random.stream();
  }

  private void addWhatRunsOut(Purchase.Builder basket, Catalog catalog, RandomStream random) {
    double[] weights = new double[inventories.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight(inventories.get(i));
    }
    int chosen = choose(weights, 0, random);
    while (chosen < weights.length) {
      Inventory inventory = inventories.get(chosen);
      Catalog.Choice choice = catalog.choose(inventory.category, profile, random);
      basket.add(choice.item(), quantity(random));
      inventory.refill(next, choice.pack(), random);
      weights[chosen] = weight(inventory);
      chosen = choose(weights, STOP_WEIGHT, random);
    }
  }

  private double weight(Inventory inventory) {
    double days = Math.max(0, inventory.exhaustion() - next);
    return StrictMath.exp(-days / purchaseTrigger) / purchaseTrigger;
  }

  /** Draws an index into the weights; their number if "stop" is drawn. */
  private static int choose(double[] weights, double stop, RandomStream random) {
    double total = stop;
    for (double weight : weights) {
      total += weight;
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return stop > 0 ? weights.length : weights.length - 1;
  }

  private void addSeasonal(Purchase.Builder basket, Month month, RandomStream random) {
    double left = random.nextDouble();
    for (SeasonalProduct product : SeasonalProduct.ALL) {
      left -= product.chance(month);
      if (left < 0) {
        if (owns(product.species())) {
          basket.add(product.item(), quantity(random));
        }
        return;
      }
    }
  }

  private boolean owns(Category.Species species) {
    return inventories.stream().anyMatch(inventory -> inventory.category.species() == species);
  }

  private static int quantity(RandomStream random) {
    double draw = random.nextDouble();
    return draw < 0.7 ? 1 : draw < 0.9 ? 2 : 3;
  }

  /** A time before the first exhaustion, but not before now. */
  private double nextPurchase(RandomStream random) {
    double first = Double.POSITIVE_INFINITY;
    for (Inventory inventory : inventories) {
      first = Math.min(first, proposal(inventory, random));
    }
    return first;
  }

  /**
   * The exhaustion minus an exponential lag, truncated to the time until the exhaustion. This is
   * the distribution that remains if proposals before now are rejected. A category that is empty
   * already is bought after an exponential time.
   */
  private double proposal(Inventory inventory, RandomStream random) {
    double days = inventory.exhaustion() - next;
    if (days <= 0) {
      return next + random.exponential(transactionTrigger);
    }
    double share = -StrictMath.expm1(-days / transactionTrigger);
    double lag = -transactionTrigger * StrictMath.log1p(-random.nextDouble() * share);
    return next + Math.max(0, days - lag);
  }
}

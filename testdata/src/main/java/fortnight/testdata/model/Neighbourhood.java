package fortnight.testdata.model;

import java.time.Month;
import java.util.ArrayList;
import java.util.List;

/** A range of a world's households, simulated together, one span of time after another. */
final class Neighbourhood {
  /**
   * Every household starts with an empty stock, which takes weeks to have no effect; purchases
   * until then are discarded. The phase spreads the first days of the households.
   */
  private static final double BURN_IN_DAYS = 60;

  private static final double PHASE_DAYS = 60;

  private final World world;
  private final long first;
  private final long end;
  private final RandomStream random = new RandomStream();
  private final Purchase.Builder basket = new Purchase.Builder();
  private final List<Household> households = new ArrayList<>();

  /** The households [first, end). */
  Neighbourhood(World world, long first, long end) {
    this.world = world;
    this.first = first;
    this.end = end;
  }

  /** The purchases from the last call until this time (exclusive), by household, then time. */
  List<Purchase> until(long micros) {
    if (households.isEmpty()) {
      for (long number = first; number < end; number++) {
        households.add(new Household(world.seed(), number, random));
      }
    }
    List<Purchase> purchases = new ArrayList<>();
    for (int i = 0; i < households.size(); i++) {
      simulate(first + i, households.get(i), micros, purchases);
    }
    return purchases;
  }

  private void simulate(long number, Household household, long until, List<Purchase> purchases) {
    double firstDay =
        -BURN_IN_DAYS
            - PHASE_DAYS * RandomStream.unit(RandomStream.stream(world.seed(), number, 2));
    long customer = world.customers().of(number);
    int store = Stores.of(world.seed(), number);
    for (long time = time(firstDay, household); time < until; time = time(firstDay, household)) {
      Month month = Micros.toLocal(time).getMonth();
      household.buy(basket, month, world.catalog(), random);
      if (time >= world.span().from()) {
        purchases.add(basket.build(time, customer, store));
      }
    }
  }

  private long time(double firstDay, Household household) {
    double days = firstDay + household.next();
    return world.span().from() + (long) Math.floor(days * Micros.PER_DAY);
  }
}

package fortnight.testdata;

import java.time.Month;
import java.util.ArrayList;
import java.util.List;

/** Some of a world's households, simulated together, one stretch of time after another. */
final class Neighbourhood {
  /**
   * All cupboards are empty on a household's first day, and it takes weeks until that is forgotten;
   * what is bought meanwhile is not told. The phase keeps the first days of households apart.
   */
  private static final double BURN_IN_DAYS = 60;

  private static final double PHASE_DAYS = 60;

  private final World world;
  private final long first;
  private final long end;
  private final Dice dice = new Dice();
  private final Basket basket = new Basket();
  private final List<Household> households = new ArrayList<>();

  /** The households [first, end). */
  Neighbourhood(World world, long first, long end) {
    this.world = world;
    this.first = first;
    this.end = end;
  }

  /** The purchases since the last call, until this time (exclusive); by household, then time. */
  List<Purchase> until(long micros) {
    if (households.isEmpty()) {
      for (long number = first; number < end; number++) {
        households.add(new Household(world.seed(), number, dice));
      }
    }
    List<Purchase> purchases = new ArrayList<>();
    for (int i = 0; i < households.size(); i++) {
      tell(first + i, households.get(i), micros, purchases);
    }
    return purchases;
  }

  private void tell(long number, Household household, long until, List<Purchase> purchases) {
    double firstDay = -BURN_IN_DAYS - PHASE_DAYS * Dice.unit(Dice.stream(world.seed(), number, 2));
    for (long time = time(firstDay, household); time < until; time = time(firstDay, household)) {
      Month month = Micros.toLocal(time).getMonth();
      household.buy(basket, month, world.catalog(), dice);
      if (time >= world.span().from()) {
        purchases.add(basket.paid(time, world.customers().of(number)));
      }
    }
  }

  private long time(double firstDay, Household household) {
    double days = firstDay + household.next();
    return world.span().from() + (long) Math.floor(days * Micros.A_DAY);
  }
}

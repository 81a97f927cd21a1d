package fortnight.testdata.delivery;

import fortnight.testdata.formats.RecordShape;
import fortnight.testdata.model.Purchase;
import fortnight.testdata.model.Purchases;
import fortnight.testdata.model.Span;
import fortnight.testdata.model.World;
import java.io.IOException;

/** Simulates the purchases of a world, numbers them, and delivers them with faults. */
public final class Simulation {
  private final Settings settings;
  private final ShopClock clock;

  public Simulation(Settings settings, ShopClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Runs to the end of the world's span. */
  public void run(GroundTruth truth, Delivery.Receiver receiver) throws IOException {
    World world = settings.world;
    Span idle = clock.at(settings.idle);
    DeliveryQueue queue =
        new DeliveryQueue(
            world.seed(), world.catalog(), settings.format, settings.faults, idle, truth, receiver);
    try (Purchases purchases = new Purchases(world, settings.threads)) {
      for (long id = 1; purchases.hasNext(); ) {
        Purchase simulated = purchases.next();
        if (settings.idle.contains(simulated.micros())) {
          truth.addDiscarded();
        } else {
          Purchase purchase = clock.at(simulated);
          truth.addPurchase(purchase);
          queue.send(id++, purchase);
        }
      }
    }
    queue.finish();
    truth.finish();
  }

  /**
   * The settings of a run.
   *
   * @param format the JSON shape of the records
   * @param idle simulated time in which nothing is bought and no record arrives
   * @param speedup how many times as fast as the clock records are written; may be infinite
   * @param live whether the timestamps begin at the current time
   */
  public record Settings(
      World world,
      RecordShape format,
      Faults faults,
      Span idle,
      double speedup,
      boolean live,
      int threads) {}

  /**
   * The faults of delivery. Durations are microseconds, fractions 0 to 1.
   *
   * @param outOfOrder largest delay of every record after its event time
   * @param late fraction of records with an additional delay
   * @param lateBy that delay
   * @param duplicates fraction of records that arrive twice
   * @param malformed fraction of records that are followed by a broken copy
   */
  public record Faults(
      long outOfOrder, double late, long lateBy, double duplicates, double malformed) {}
}

package fortnight.testdata;

import java.io.IOException;

/** One run: the world's purchases, numbered, and sent along the road. */
final class Simulation {
  private final Settings settings;
  private final ShopClock clock;

  Simulation(Settings settings, ShopClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Runs to the end. */
  void run(Truth truth, Receiver receiver) throws IOException {
    World world = settings.world();
    Span silence = clock.at(settings.idle());
    Road road = new Road(world.seed(), settings.faults(), silence, truth, receiver);
    try (Purchases purchases = new Purchases(world, settings.threads())) {
      for (long id = 1; purchases.hasNext(); ) {
        Purchase purchase = purchases.next();
        if (settings.idle().contains(purchase.micros)) {
          truth.staysAway();
        } else {
          Purchase told = clock.at(purchase);
          truth.sells(told);
          road.send(id++, told);
        }
      }
    }
    road.end();
    truth.end();
  }
}

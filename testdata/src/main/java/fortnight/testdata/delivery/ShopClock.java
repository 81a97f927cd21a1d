package fortnight.testdata.delivery;

import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Purchase;
import fortnight.testdata.model.Span;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Maps simulated times to the timestamps of records: {@code start} is mapped to {@code begin}, from
 * where simulated time passes {@code speedup} times as fast. Microseconds.
 */
public record ShopClock(long start, long begin, double speedup) {
  public static ShopClock of(Simulation.Settings settings) {
    long start = settings.world().span().from();
    return settings.live()
        ? new ShopClock(start, Micros.of(LocalDateTime.now(ZoneOffset.UTC)), settings.speedup())
        : new ShopClock(start, start, 1);
  }

  long at(long simulated) {
    return speedup == 1
        ? begin + (simulated - start)
        : begin + (long) ((simulated - start) / speedup);
  }

  Purchase at(Purchase simulated) {
    long micros = at(simulated.micros());
    return micros == simulated.micros() ? simulated : simulated.at(micros);
  }

  Span at(Span simulated) {
    return new Span(at(simulated.from()), at(simulated.until()));
  }
}

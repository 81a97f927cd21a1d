package fortnight.testdata;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * From simulated times to those that records say: {@code start} is simulated, {@code begin} is
 * said, and then the one runs so many times as fast as the other. Microseconds.
 */
record ShopClock(long start, long begin, double speedup) {
  static ShopClock of(Settings settings) {
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
    long told = at(simulated.micros);
    return told == simulated.micros ? simulated : simulated.at(told);
  }

  Span at(Span simulated) {
    return new Span(at(simulated.from()), at(simulated.until()));
  }
}

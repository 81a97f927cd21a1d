package fortnight.transforms.parse;

import java.io.Serializable;
import java.time.Clock;
import org.joda.time.Duration;

/**
 * How far ahead of the clock an event time may be.
 *
 * @param skewMillis so many milliseconds, or {@code Long.MAX_VALUE} for any
 * @param clock of the world; what the business's wall clock shows follows from it
 */
record FutureLimit(long skewMillis, Clock clock) implements Serializable {
  static final FutureLimit NONE = new FutureLimit(Long.MAX_VALUE, Clock.systemUTC());

  static FutureLimit of(Duration skew) {
    return of(skew, Clock.systemUTC());
  }

  static FutureLimit of(Duration skew, Clock clock) {
    if (skew.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException("maxFutureSkew = " + skew + " must not be below zero");
    }
    return new FutureLimit(skew.getMillis(), clock);
  }

  java.time.Duration skew() {
    return java.time.Duration.ofMillis(skewMillis);
  }

  /** Whether an event time is too far ahead. */
  boolean isPassed(long eventTime, EventTimes times) {
    return skewMillis != Long.MAX_VALUE && eventTime - skewMillis > times.atMoment(clock.millis());
  }
}

package fortnight.transforms.parse;

import java.io.Serializable;
import java.time.Clock;
import org.joda.time.Duration;

/**
 * The maximum by which an event time may be ahead of the clock.
 *
 * @param skewMillis the maximum in milliseconds; {@code Long.MAX_VALUE} for no limit
 * @param clock UTC clock, from which the local time of the business is derived
 */
record FutureLimit(long skewMillis, Clock clock) implements Serializable {
  static final FutureLimit NONE = new FutureLimit(Long.MAX_VALUE, Clock.systemUTC());

  static FutureLimit of(Duration skew) {
    return of(skew, Clock.systemUTC());
  }

  static FutureLimit of(Duration skew, Clock clock) {
    if (skew.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException("maxFutureSkew = " + skew + " must not be negative");
    }
    return new FutureLimit(skew.getMillis(), clock);
  }

  java.time.Duration skew() {
    return java.time.Duration.ofMillis(skewMillis);
  }

  /** Returns whether an event time is too far ahead of the clock. */
  boolean isExceeded(long eventTime, EventTimes times) {
    return skewMillis != Long.MAX_VALUE && eventTime - skewMillis > times.atMoment(clock.millis());
  }
}

package fortnight.transforms;

import fortnight.common.time.EventTimeRange;
import org.joda.time.Duration;

/** The allowed timestamp skew of DoFns whose outputs may be older than their input. */
public final class TimestampSkew {
  /**
   * Exceeds every difference between event times. Finite, because with a skew of Long.MAX_VALUE
   * Beam throws and catches an ArithmeticException for every output.
   */
  public static final Duration ANY = Duration.millis(EventTimeRange.END);

  private TimestampSkew() {}
}

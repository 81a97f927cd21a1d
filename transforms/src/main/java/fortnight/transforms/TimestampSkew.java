package fortnight.transforms;

import fortnight.common.time.EventTimeRange;
import org.joda.time.Duration;

/** How much older than its input an output may be, for DoFns that emit event times. */
public final class TimestampSkew {
  /**
   * Longer than all event time. Finite on purpose: where a DoFn allows a skew of Long.MAX_VALUE,
   * Beam throws and catches an ArithmeticException for every output.
   */
  public static final Duration ANY = Duration.millis(EventTimeRange.END);

  private TimestampSkew() {}
}

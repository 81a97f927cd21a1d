package fortnight.pipelines;

import fortnight.transforms.parse.RecordTimes;
import java.io.Serializable;
import java.time.Clock;
import java.time.ZoneId;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;

/**
 * What the watermark of a topic goes by.
 *
 * @param zone of the business's wall clock, which event times are
 * @param outOfOrderness how far the watermark stays behind the newest event time of a partition
 * @param idleAfter a partition without records for so long holds the others back no more
 * @param maxFutureSkew an event time further ahead of the clock counts for nothing
 */
record StreamRules(ZoneId zone, Duration outOfOrderness, Duration idleAfter, Duration maxFutureSkew)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** What the flags say; null where they say nothing that can be used. */
  static @Nullable StreamRules of(@Nullable ZoneId zone, @Nullable StreamFlags flags) {
    return zone == null || flags == null
        ? null
        : new StreamRules(zone, flags.outOfOrderness(), flags.idleAfter(), flags.maxFutureSkew());
  }

  RecordTimes recordTimes(Clock clock) {
    return RecordTimes.in(zone, maxFutureSkew, clock);
  }
}

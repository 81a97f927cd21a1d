package fortnight.pipelines.kafka;

import fortnight.transforms.parse.RecordTimes;
import java.io.Serializable;
import java.time.Clock;
import java.time.ZoneId;
import org.joda.time.Duration;

/**
 * Options of the watermark of a topic.
 *
 * @param zone the time zone of the business, in which event times are local times
 * @param outOfOrderness how far the watermark of a partition is behind its newest event time
 * @param idleAfter how long a partition without records holds back the watermark of the others
 * @param maxFutureSkew how far an event time may be ahead of the clock before it is ignored
 */
public record WatermarkOptions(
    ZoneId zone, Duration outOfOrderness, Duration idleAfter, Duration maxFutureSkew)
    implements Serializable {
  private static final long serialVersionUID = 1;

  RecordTimes recordTimes(Clock clock) {
    return RecordTimes.in(zone, maxFutureSkew, clock);
  }
}

package fortnight.pipelines.kafka;

import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.parse.RecordTimes;
import java.io.Serializable;
import java.time.Clock;
import java.time.ZoneId;
import org.joda.time.Duration;

/**
 * The options of the watermark of a topic.
 *
 * @param format where the event time is in a record
 * @param zone the time zone of event times, which are local times
 * @param outOfOrderness how far the watermark of a partition is behind its newest event time
 * @param idleAfter how long a partition without records holds back the watermark
 * @param maxFutureSkew how far an event time may be ahead of the clock before it is ignored
 */
public record WatermarkOptions(
    RecordFormat format,
    ZoneId zone,
    Duration outOfOrderness,
    Duration idleAfter,
    Duration maxFutureSkew)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Returns the event times of records.
   *
   * @param schemas where the schemas of messages are
   */
  RecordTimes recordTimes(Clock clock, SchemaSource schemas) {
    return RecordTimes.in(format, zone, maxFutureSkew, clock, schemas);
  }

  /** Returns the watermark of a partition with this newest event time, both in milliseconds. */
  long watermarkAt(long eventTime) {
    return eventTime - outOfOrderness.getMillis();
  }
}

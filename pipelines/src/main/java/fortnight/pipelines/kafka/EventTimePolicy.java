package fortnight.pipelines.kafka;

import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.parse.RecordTimes;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the watermark of a partition: the newest event time minus the allowed out-of-orderness,
 * monotonic. Records that will be rejected do not advance it.
 *
 * <p>The watermark of an idle partition that is read to its end follows the clock in a live stream.
 * In a replay of old records it follows the other partitions that this process reads: the newest
 * event time that they had reached {@code idleAfter} before. Therefore neither a pause of a replay
 * nor its end, when records may reach one partition a moment before another, advances the watermark
 * past the data.
 */
final class EventTimePolicy extends TimestampPolicy<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(EventTimePolicy.class);

  /** A stream whose newest event time is at most this far behind the clock is live. */
  private static final Duration MAX_LIVE_DELAY = Duration.standardDays(1);

  /** Backlogs that were determined earlier than this are ignored. */
  private static final Duration MAX_BACKLOG_AGE = Duration.standardSeconds(10);

  private static final long NONE = -1;

  private final TopicPartition partition;
  private final WatermarkOptions options;
  private final RecordTimes times;
  private final TopicProgress progress;
  private final Clock clock;
  private final History others;

  private long watermark;
  private long lastRecordAt;
  private long lastOffset = NONE;
  private boolean isHoldReported;

  EventTimePolicy(
      TopicPartition partition,
      Optional<Instant> previousWatermark,
      WatermarkOptions options,
      SchemaSource schemas,
      TopicProgress progress,
      Clock clock) {
    this.partition = partition;
    this.options = options;
    this.times = options.recordTimes(clock, schemas);
    this.progress = progress;
    this.clock = clock;
    this.others = new History(options.idleAfter().getMillis());
    this.watermark = previousWatermark.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE).getMillis();
    this.lastRecordAt = clock.millis();
  }

  @Override
  public Instant getTimestampForRecord(
      PartitionContext context, KafkaRecord<byte[], byte[]> record) {
    lastRecordAt = clock.millis();
    lastOffset = record.getOffset();
    isHoldReported = false;
    byte[] value = record.getKV().getValue();
    OptionalLong eventTime =
        value == null
            ? OptionalLong.empty()
            : times.of(KafkaPayloads.withoutSource(value, record.getHeaders()));
    if (eventTime.isEmpty()) {
      return Instant.ofEpochMilli(watermark);
    }
    progress.eventTimes().update(partition, eventTime.getAsLong());
    advanceTo(options.watermarkAt(eventTime.getAsLong()));
    return Instant.ofEpochMilli(eventTime.getAsLong());
  }

  @Override
  public Instant getWatermark(PartitionContext context) {
    OptionalLong newestOfOthers = progress.eventTimes().newestOfOthers(partition);
    newestOfOthers.ifPresent(newest -> others.add(clock.millis(), newest));
    if (isIdle(context)) {
      OptionalLong reached = reachedEventTime(context.getBacklogCheckTime().getMillis());
      if (!isReadToEnd(context.getMessageBacklog())) {
        reportHold(
            "has offsets that are not delivered. "
                + (options.format().encoding().equals(RecordEncoding.AVRO)
                    ? "They are not delivered while the schema registry is not available. "
                    : "")
                + "The usual cause is a producer's transaction that"
                + " is neither committed nor aborted: records after it are not read until it is"
                + " committed or aborted, or times out on the brokers");
      } else if (reached.isPresent()) {
        advanceTo(options.watermarkAt(reached.getAsLong()));
      } else if (newestOfOthers.isEmpty()) {
        reportHold(
            "is the only partition with records that this process reads, so the progress of the"
                + " stream is unknown. Send a record to the partition, or use a lower"
                + " --parallelism, so that a process reads several partitions");
      }
    }
    return Instant.ofEpochMilli(watermark);
  }

  private boolean isIdle(PartitionContext context) {
    long now = clock.millis();
    return now - context.getBacklogCheckTime().getMillis() < MAX_BACKLOG_AGE.getMillis()
        && now - lastRecordAt >= options.idleAfter().getMillis();
  }

  private boolean isReadToEnd(long backlog) {
    return backlog <= 0 || progress.positions().isAtEnd(partition, lastOffset, backlog);
  }

  /** Returns the event time that the stream has reached; empty if it is unknown. */
  private OptionalLong reachedEventTime(long backlogCheckedAt) {
    long clockTime = times.atMoment(clock.millis());
    // Includes the watermark, so that it keeps following the clock without any records.
    long own = watermark + options.outOfOrderness().getMillis();
    long newest = Math.max(own, progress.eventTimes().newest().orElse(own));
    return clockTime - newest < MAX_LIVE_DELAY.getMillis()
        ? OptionalLong.of(clockTime)
        : others.at(backlogCheckedAt - options.idleAfter().getMillis());
  }

  private void advanceTo(long candidate) {
    watermark = Math.max(watermark, candidate);
  }

  private void reportHold(String reason) {
    if (!isHoldReported) {
      isHoldReported = true;
      LOG.warn(
          "Partition {} has been idle for {} and holds back the watermark: it {}",
          partition,
          options.idleAfter(),
          reason);
    }
  }

  /** Creates the policy of each partition. */
  record Factory(WatermarkOptions options, SchemaSource schemas, String runId)
      implements TimestampPolicyFactory<byte[], byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previousWatermark) {
      return new EventTimePolicy(
          partition,
          previousWatermark,
          options,
          schemas,
          TopicProgress.of(runId),
          Clock.systemUTC());
    }
  }

  /** A bounded history of the newest event time, with a resolution of an eighth of its length. */
  private static final class History {
    private static final int RESOLUTION = 8;

    private final long lengthMillis;
    private final Deque<Entry> entries = new ArrayDeque<>();

    /** Creates a history that covers at least the given time. */
    History(long lengthMillis) {
      this.lengthMillis = lengthMillis;
    }

    void add(long now, long eventTime) {
      if (entries.isEmpty() || now - entries.getLast().time() >= lengthMillis / RESOLUTION) {
        entries.addLast(new Entry(now, eventTime));
      }
      while (entries.size() > 2 * RESOLUTION) {
        entries.removeFirst();
      }
    }

    /** Returns the last event time that was added at or before a time; empty if there is none. */
    OptionalLong at(long time) {
      OptionalLong eventTime = OptionalLong.empty();
      for (Entry entry : entries) {
        if (entry.time() <= time) {
          eventTime = OptionalLong.of(entry.eventTime());
        }
      }
      return eventTime;
    }

    private record Entry(long time, long eventTime) {}
  }
}

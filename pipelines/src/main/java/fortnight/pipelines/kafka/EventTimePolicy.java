package fortnight.pipelines.kafka;

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
 * The watermark of one partition: so far behind its newest event time as records come out of order;
 * it never goes back. What will be rejected does not move it.
 *
 * <p>A partition that is silent, with nothing left to read, follows the clock in a live stream, and
 * in a replay of the past the other partitions that this process reads: where they were when the
 * silence had still to last. A pause of a replay therefore never moves the watermark past the data,
 * nor does its end, when records reach one partition a moment before another.
 */
final class EventTimePolicy extends TimestampPolicy<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(EventTimePolicy.class);

  /** Event times no older than this, seen from the clock, are those of a live stream. */
  private static final Duration LIVE = Duration.standardDays(1);

  /** An older statement that nothing is left to read is not believed. */
  private static final Duration FRESH = Duration.standardSeconds(10);

  private static final long NONE = -1;

  private final TopicPartition partition;
  private final WatermarkOptions rules;
  private final RecordTimes times;
  private final TopicProgress progress;
  private final Clock clock;
  private final History others;

  private long watermark;
  private long lastRecordAt;
  private long lastOffset = NONE;
  private boolean holdIsTold;

  EventTimePolicy(
      TopicPartition partition,
      Optional<Instant> previousWatermark,
      WatermarkOptions rules,
      TopicProgress progress,
      Clock clock) {
    this.partition = partition;
    this.rules = rules;
    this.times = rules.recordTimes(clock);
    this.progress = progress;
    this.clock = clock;
    this.others = new History(rules.idleAfter().getMillis());
    this.watermark = previousWatermark.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE).getMillis();
    this.lastRecordAt = clock.millis();
  }

  @Override
  public Instant getTimestampForRecord(
      PartitionContext partitionNow, KafkaRecord<byte[], byte[]> record) {
    lastRecordAt = clock.millis();
    lastOffset = record.getOffset();
    holdIsTold = false;
    byte[] value = record.getKV().getValue();
    OptionalLong eventTime = value == null ? OptionalLong.empty() : times.of(value);
    if (eventTime.isEmpty()) {
      return Instant.ofEpochMilli(watermark);
    }
    progress.newest().tell(partition, eventTime.getAsLong());
    advanceTo(behind(eventTime.getAsLong()));
    return Instant.ofEpochMilli(eventTime.getAsLong());
  }

  @Override
  public Instant getWatermark(PartitionContext partitionNow) {
    progress
        .newest()
        .ofOthersThan(partition)
        .ifPresent(newest -> others.note(clock.millis(), newest));
    if (isSilent(partitionNow)) {
      OptionalLong front = front(partitionNow.getBacklogCheckTime().getMillis());
      if (!isReadToItsEnd(partitionNow.getMessageBacklog())) {
        tellHold(
            "has offsets left that do not come. The usual reason is a producer's transaction that"
                + " is neither committed nor aborted: nothing behind it is read until it is, or until"
                + " the brokers abort it");
      } else if (front.isPresent()) {
        advanceTo(behind(front.getAsLong()));
      } else if (progress.newest().ofOthersThan(partition).isEmpty()) {
        tellHold(
            "is the only one that this process reads, or the others had no records either, so"
                + " nothing says how far the stream is. Send a record to it, or read with a lower"
                + " --parallelism, so that a process reads several partitions.");
      }
    }
    return Instant.ofEpochMilli(watermark);
  }

  private boolean isSilent(PartitionContext partitionNow) {
    long now = clock.millis();
    return now - partitionNow.getBacklogCheckTime().getMillis() < FRESH.getMillis()
        && now - lastRecordAt >= rules.idleAfter().getMillis();
  }

  private boolean isReadToItsEnd(long backlog) {
    return backlog <= 0 || progress.positions().areAtEnd(partition, lastOffset, backlog);
  }

  /** How far the stream is, as far as this process can know. */
  private OptionalLong front(long backlogCheckedAt) {
    long shopsClock = times.atMoment(clock.millis());
    // What followed the clock so far goes on, however long nothing comes.
    long own = watermark + rules.outOfOrderness().getMillis();
    long known = Math.max(own, progress.newest().ofAll().orElse(own));
    return shopsClock - known < LIVE.getMillis()
        ? OptionalLong.of(shopsClock)
        : others.asOf(backlogCheckedAt - rules.idleAfter().getMillis());
  }

  private long behind(long eventTime) {
    return eventTime - rules.outOfOrderness().getMillis();
  }

  private void advanceTo(long candidate) {
    watermark = Math.max(watermark, candidate);
  }

  private void tellHold(String why) {
    if (!holdIsTold) {
      holdIsTold = true;
      LOG.warn(
          "Partition {} has been silent for {} and holds the watermark: it {}",
          partition,
          rules.idleAfter(),
          why);
    }
  }

  /** Makes the policy of each partition. */
  record Factory(WatermarkOptions rules, String runId)
      implements TimestampPolicyFactory<byte[], byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previousWatermark) {
      return new EventTimePolicy(
          partition, previousWatermark, rules, TopicProgress.of(runId), Clock.systemUTC());
    }
  }

  /** How far a stream was known to be, as of some time ago; remembers a few looks, not each. */
  static final class History {
    private static final int LOOKS = 8;

    private final long memoryMillis;
    private final Deque<Look> looks = new ArrayDeque<>();

    /** Remembers what is at most a little older than this. */
    History(long memoryMillis) {
      this.memoryMillis = memoryMillis;
    }

    /** Notes how far the stream is now. */
    void note(long now, long front) {
      if (looks.isEmpty() || now - looks.getLast().at() >= memoryMillis / LOOKS) {
        looks.addLast(new Look(now, front));
      }
      while (looks.size() > 2 * LOOKS) {
        looks.removeFirst();
      }
    }

    /** How far it was at this time, or some looks before; empty where nobody looked by then. */
    OptionalLong asOf(long time) {
      OptionalLong front = OptionalLong.empty();
      for (Look look : looks) {
        if (look.at() <= time) {
          front = OptionalLong.of(look.front());
        }
      }
      return front;
    }

    private record Look(long at, long front) {}
  }
}

package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.io.UnsplittableTracker;
import fortnight.pipelines.kafka.LostOffsets.DataLossException;
import fortnight.pipelines.kafka.TopicInput.TopicRange;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BoundedPerElement;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the messages of a range of offsets, in batches. A batch is polled, then claimed by the
 * offset of its last message, then emitted.
 */
@BoundedPerElement
final class ReadTopicRangeFn extends DoFn<TopicRange, PayloadBatch> {
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final KafkaClients clients;
  private final boolean failsOnDataLoss;

  private transient @Nullable Consumer<byte[], byte[]> consumer;

  ReadTopicRangeFn(KafkaClients clients, boolean failsOnDataLoss) {
    this.clients = clients;
    this.failsOnDataLoss = failsOnDataLoss;
  }

  @GetInitialRestriction
  public OffsetRange initialRestriction(@Element TopicRange range) {
    return new OffsetRange(range.from(), range.until());
  }

  @NewTracker
  public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
    return new UnsplittableTracker(range);
  }

  @ProcessElement
  public void process(
      @Element TopicRange range,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out,
      PipelineOptions options) {
    try {
      read(range, tracker, out);
    } catch (DataLossException e) {
      throw RunnerSupport.of(options).withoutRestart(e);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw KafkaErrors.failure(range.topic(), clients, e);
    }
  }

  private void read(
      TopicRange range,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out) {
    TopicPartition partition = new TopicPartition(range.topic().name(), range.partition());
    Consumer<byte[], byte[]> open = open(range.topic());
    open.assign(Set.of(partition));
    open.seek(partition, tracker.currentRestriction().getFrom());
    long end = tracker.currentRestriction().getTo();
    Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();
    long waitedNanos = 0;
    while (!polled.isEmpty() || open.position(partition) < end) {
      if (polled.isEmpty()) {
        long positionBefore = open.position(partition);
        long startedAt = System.nanoTime();
        Optional<LostOffsets> lost = poll(range.topic(), open, partition, polled);
        if (lost.isPresent()) {
          LostOffsets inRange = lost.get().before(end);
          if (!tracker.tryClaim(inRange.until() - 1)) {
            return;
          }
          out.output(new PayloadBatch(List.of(KafkaPayloads.of(range.topic(), inRange))));
          continue;
        }
        if (polled.isEmpty()) {
          // In a compacted or transactional topic the position advances over offsets without
          // records.
          boolean hasAdvanced = open.position(partition) > positionBefore;
          waitedNanos = hasAdvanced ? 0 : waitedNanos + System.nanoTime() - startedAt;
          checkTimeout(waitedNanos, range);
          continue;
        }
        waitedNanos = 0;
      }
      long last = lastOffsetOfBatch(polled, end);
      if (last < 0) {
        break;
      }
      List<Payload> batch = batch(polled, last);
      if (!tracker.tryClaim(last)) {
        return;
      }
      out.output(new PayloadBatch(batch));
      end = tracker.currentRestriction().getTo();
    }
    tracker.tryClaim(end);
  }

  /** Adds the next messages; returns the lost offsets if some were skipped instead. */
  private Optional<LostOffsets> poll(
      TopicAddress topic,
      Consumer<byte[], byte[]> open,
      TopicPartition partition,
      Deque<ConsumerRecord<byte[], byte[]>> polled) {
    try {
      open.poll(POLL_TIMEOUT).records(partition).forEach(polled::add);
      return Optional.empty();
    } catch (OffsetOutOfRangeException e) {
      return LostOffsets.skip(topic, failsOnDataLoss, open, partition, open.position(partition));
    }
  }

  /**
   * Returns the offset of the last message of the next batch; -1 if no message is before the end.
   */
  private static long lastOffsetOfBatch(Deque<ConsumerRecord<byte[], byte[]>> polled, long end) {
    long last = -1;
    int records = 0;
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      if (record.offset() >= end || KafkaPayloads.isFullBatch(records, bytes)) {
        break;
      }
      records++;
      bytes += Math.max(0, record.serializedValueSize());
      last = record.offset();
    }
    return last;
  }

  private static List<Payload> batch(Deque<ConsumerRecord<byte[], byte[]>> polled, long last) {
    List<Payload> batch = new ArrayList<>();
    while (!polled.isEmpty() && polled.peek().offset() <= last) {
      batch.add(KafkaPayloads.of(polled.poll()));
    }
    return batch;
  }

  private static void checkTimeout(long waitedNanos, TopicRange range) {
    if (waitedNanos > TIMEOUT.toNanos()) {
      throw new IllegalStateException(
          "cannot read %s: partition %d returned no records for %d s"
              .formatted(range.topic(), range.partition(), TIMEOUT.toSeconds()));
    }
  }

  private Consumer<byte[], byte[]> open(TopicAddress topic) {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      open = clients.strictConsumer(topic.brokers());
      consumer = open;
    }
    return open;
  }

  @Teardown
  public void close() {
    if (consumer != null) {
      consumer.close(Duration.ofSeconds(1));
      consumer = null;
    }
  }
}

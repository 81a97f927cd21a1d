package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.files.ReadLinesFn;
import fortnight.pipelines.io.UnsplittableTracker;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BoundedPerElement;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the messages of a range of offsets, in batches. As with {@link ReadLinesFn} a batch is read
 * first, then claimed by its last message, then emitted.
 */
@BoundedPerElement
final class ReadTopicRangeFn extends DoFn<TopicInput.TopicRange, PayloadBatch> {
  private static final int MOST_RECORDS = 500;
  private static final int MOST_BYTES = 1 << 20;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(ReadTopicRangeFn.class);

  private final KafkaClients clients;
  private final boolean failsOnDataLoss;

  private transient @Nullable Consumer<byte[], byte[]> consumer;

  ReadTopicRangeFn(KafkaClients clients, boolean failsOnDataLoss) {
    this.clients = clients;
    this.failsOnDataLoss = failsOnDataLoss;
  }

  @GetInitialRestriction
  public OffsetRange whole(@Element TopicInput.TopicRange range) {
    return new OffsetRange(range.from(), range.until());
  }

  @NewTracker
  public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
    return new UnsplittableTracker(range);
  }

  @ProcessElement
  public void read(
      @Element TopicInput.TopicRange range,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out,
      PipelineOptions options) {
    try {
      read(range, tracker, out);
    } catch (LostOffsets.DataLossException e) {
      throw RunnerSupport.of(options).withoutRestart(e);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw KafkaErrors.failure(range.topic(), clients, e);
    }
  }

  private void read(
      TopicInput.TopicRange range,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out) {
    TopicPartition partition = new TopicPartition(range.topic().name(), range.partition());
    Consumer<byte[], byte[]> messages = consumerOf(range.topic());
    messages.assign(Set.of(partition));
    messages.seek(partition, tracker.currentRestriction().getFrom());
    long end = tracker.currentRestriction().getTo();
    Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();
    long silence = 0;
    while (!polled.isEmpty() || messages.position(partition) < end) {
      if (polled.isEmpty()) {
        long before = messages.position(partition);
        long asked = System.nanoTime();
        Optional<LostOffsets> lost = poll(range.topic(), messages, partition, polled);
        if (lost.isPresent()) {
          LostOffsets inRange = lost.get().before(end);
          if (!tracker.tryClaim(inRange.until() - 1)) {
            return;
          }
          out.output(new PayloadBatch(List.of(KafkaPayloads.of(range.topic(), inRange))));
          continue;
        }
        if (polled.isEmpty()) {
          // Offsets may be missing where a topic is compacted or transactional.
          silence = messages.position(partition) > before ? 0 : silence + System.nanoTime() - asked;
          failAfter(silence, range);
          continue;
        }
        silence = 0;
      }
      long last = lastOf(polled, end);
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

  /** Polls; returns the offsets, if any, that are lost and were skipped. */
  private Optional<LostOffsets> poll(
      TopicAddress topic,
      Consumer<byte[], byte[]> messages,
      TopicPartition partition,
      Deque<ConsumerRecord<byte[], byte[]>> polled) {
    try {
      messages.poll(POLL).records(partition).forEach(polled::add);
      return Optional.empty();
    } catch (OffsetOutOfRangeException e) {
      Optional<LostOffsets> lost =
          LostOffsets.find(topic, messages, partition, messages.position(partition));
      lost.ifPresent(offsets -> skip(topic, messages, partition, offsets));
      return lost;
    }
  }

  private void skip(
      TopicAddress topic,
      Consumer<byte[], byte[]> messages,
      TopicPartition partition,
      LostOffsets lost) {
    if (failsOnDataLoss) {
      throw lost.failure(topic);
    }
    LOG.warn("{}", lost.warning(topic));
    messages.seek(partition, lost.until());
  }

  /** The offset of the last message of the next batch; -1 where all lie behind the end. */
  private static long lastOf(Deque<ConsumerRecord<byte[], byte[]>> polled, long end) {
    long last = -1;
    int records = 0;
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      if (record.offset() >= end || records == MOST_RECORDS || bytes >= MOST_BYTES) {
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

  private static void failAfter(long silenceNanos, TopicInput.TopicRange range) {
    if (silenceNanos > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          "cannot read %s: partition %d gave nothing for %d s"
              .formatted(range.topic(), range.partition(), PATIENCE.toSeconds()));
    }
  }

  private Consumer<byte[], byte[]> consumerOf(TopicAddress topic) {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      open =
          clients.consumer(
              Map.of(
                  ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  topic.brokers(),
                  ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                  false,
                  ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                  "none"));
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

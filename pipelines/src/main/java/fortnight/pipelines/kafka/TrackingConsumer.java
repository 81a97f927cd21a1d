package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that reports how far it has come, for the watermark of what it reads, and which
 * offsets the topic no longer held. It begins at the beginning of each partition unless it is set
 * elsewhere.
 */
final class TrackingConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);

  private final TopicAddress topic;
  private final boolean failsOnDataLoss;
  private final TopicProgress.ReadPositions positions;
  private boolean hasBegun;

  TrackingConsumer(
      Map<String, Object> settings,
      TopicAddress topic,
      boolean failsOnDataLoss,
      TopicProgress.ReadPositions positions) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
    this.failsOnDataLoss = failsOnDataLoss;
    this.positions = positions;
  }

  /** Without a policy for offsets that are out of range there is no other first position. */
  @Override
  public void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    seekToBeginning(partitions);
  }

  /** KafkaIO still calls this one, with partitions assigned and their first offsets known. */
  @Override
  @Deprecated
  public ConsumerRecords<byte[], byte[]> poll(long timeoutMillis) {
    tellBegin();
    try {
      return tellAdvance(super.poll(timeoutMillis));
    } catch (OffsetOutOfRangeException e) {
      return skipLost(e.offsetOutOfRangePartitions());
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    tellBegin();
    try {
      return tellAdvance(super.poll(timeout));
    } catch (OffsetOutOfRangeException e) {
      return skipLost(e.offsetOutOfRangePartitions());
    }
  }

  private void tellBegin() {
    if (!hasBegun) {
      hasBegun = true;
      for (TopicPartition partition : assignment()) {
        positions.begin(partition, position(partition));
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> tellAdvance(ConsumerRecords<byte[], byte[]> polled) {
    for (TopicPartition partition : assignment()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      long last = records.isEmpty() ? -1 : records.get(records.size() - 1).offset();
      positions.advance(partition, position(partition), last);
    }
    return polled;
  }

  private ConsumerRecords<byte[], byte[]> skipLost(Map<TopicPartition, Long> outOfRange) {
    outOfRange.forEach(
        (partition, position) ->
            LostOffsets.find(topic, this, partition, position)
                .ifPresent(lost -> skip(partition, lost)));
    return ConsumerRecords.empty();
  }

  private void skip(TopicPartition partition, LostOffsets lost) {
    if (failsOnDataLoss) {
      throw lost.failure(topic);
    }
    LOG.warn("{}", lost.warning(topic));
    seek(partition, lost.until());
    positions.lose(partition, lost);
  }

  /** Makes KafkaIO's consumers, which tell how far they are. */
  record Factory(TopicAddress topic, boolean failsOnDataLoss, KafkaClients clients, String runId)
      implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
    private static final long serialVersionUID = 2;

    static Factory of(TopicInput input, String runId) {
      return new Factory(input.topic(), input.failsOnDataLoss(), input.clients(), runId);
    }

    @Override
    public Consumer<byte[], byte[]> apply(Map<String, Object> settings) {
      TopicProgress.ReadPositions positions = TopicProgress.of(runId).positions();
      return clients.consumer(
          settings, all -> new TrackingConsumer(all, topic, failsOnDataLoss, positions));
    }
  }
}

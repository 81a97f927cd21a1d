package fortnight.pipelines;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
final class TellingConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(TellingConsumer.class);

  private final KafkaAddress topic;
  private final boolean failsOnDataLoss;
  private final ReadPositions positions;
  private boolean hasBegun;

  TellingConsumer(
      Map<String, Object> settings,
      KafkaAddress topic,
      boolean failsOnDataLoss,
      ReadPositions positions) {
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
}

package fortnight.pipelines;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that tells how far it has come, for the watermark of what it reads. */
final class TellingConsumer extends KafkaConsumer<byte[], byte[]> {
  private final ReadPositions positions;
  private boolean hasBegun;

  TellingConsumer(Map<String, Object> settings, ReadPositions positions) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.positions = positions;
  }

  /** KafkaIO still calls this one, with partitions assigned and their first offsets known. */
  @Override
  @Deprecated
  public ConsumerRecords<byte[], byte[]> poll(long timeoutMillis) {
    tellBegin();
    ConsumerRecords<byte[], byte[]> records = super.poll(timeoutMillis);
    tellAdvance(records);
    return records;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    tellBegin();
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    tellAdvance(records);
    return records;
  }

  private void tellBegin() {
    if (!hasBegun) {
      hasBegun = true;
      for (TopicPartition partition : assignment()) {
        positions.begin(partition, position(partition));
      }
    }
  }

  private void tellAdvance(ConsumerRecords<byte[], byte[]> polled) {
    for (TopicPartition partition : assignment()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      long last = records.isEmpty() ? -1 : records.get(records.size() - 1).offset();
      positions.advance(partition, position(partition), last);
    }
  }
}

package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.transforms.avro.SchemaSource;
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

/**
 * A consumer that reports its positions and the offsets that it skips because the topic no longer
 * contains them. Begins at the beginning of each partition unless another position is set.
 */
final class TrackingConsumer extends KafkaConsumer<byte[], byte[]> {
  private final TopicAddress topic;
  private final boolean failsOnDataLoss;
  private final TopicProgress.ReadPositions positions;
  private final PolledSchemas schemas;
  private boolean isStartReported;

  TrackingConsumer(
      Map<String, Object> settings,
      TopicAddress topic,
      boolean failsOnDataLoss,
      TopicProgress.ReadPositions positions,
      SchemaSource schemas) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
    this.failsOnDataLoss = failsOnDataLoss;
    this.positions = positions;
    this.schemas = new PolledSchemas(schemas);
  }

  /** Sets the first position, because the consumer has no policy to reset offsets. */
  @Override
  public void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    seekToBeginning(partitions);
  }

  /** KafkaIO calls this deprecated method, with partitions assigned and their positions set. */
  @Override
  @Deprecated
  public ConsumerRecords<byte[], byte[]> poll(long timeoutMillis) {
    reportStart();
    try {
      return reportProgress(super.poll(timeoutMillis));
    } catch (OffsetOutOfRangeException e) {
      return skipLost(e.offsetOutOfRangePartitions());
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    reportStart();
    try {
      return reportProgress(super.poll(timeout));
    } catch (OffsetOutOfRangeException e) {
      return skipLost(e.offsetOutOfRangePartitions());
    }
  }

  /** Ends a wait for a schema, too. */
  @Override
  public void wakeup() {
    super.wakeup();
    schemas.wakeup();
  }

  private void reportStart() {
    if (!isStartReported) {
      isStartReported = true;
      for (TopicPartition partition : assignment()) {
        positions.start(partition, position(partition));
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> reportProgress(ConsumerRecords<byte[], byte[]> polled) {
    for (TopicPartition partition : assignment()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      long last = records.isEmpty() ? -1 : records.get(records.size() - 1).offset();
      positions.advance(partition, position(partition), last);
    }
    schemas.await(polled);
    return polled;
  }

  private ConsumerRecords<byte[], byte[]> skipLost(Map<TopicPartition, Long> outOfRange) {
    outOfRange.forEach(
        (partition, position) ->
            LostOffsets.skip(topic, failsOnDataLoss, this, partition, position)
                .ifPresent(lost -> positions.addLost(partition, lost)));
    return ConsumerRecords.empty();
  }

  /** Creates the consumers of KafkaIO. */
  record Factory(
      TopicAddress topic,
      boolean failsOnDataLoss,
      KafkaClients clients,
      SchemaSource schemas,
      String runId)
      implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
    private static final long serialVersionUID = 3;

    static Factory of(TopicInput input, String runId) {
      return new Factory(
          input.topic(), input.failsOnDataLoss(), input.clients(), input.schemas(), runId);
    }

    @Override
    public Consumer<byte[], byte[]> apply(Map<String, Object> settings) {
      TopicProgress.ReadPositions positions = TopicProgress.of(runId).positions();
      return clients.consumer(
          settings, all -> new TrackingConsumer(all, topic, failsOnDataLoss, positions, schemas));
    }
  }
}

package fortnight.pipelines.kafka;

import fortnight.common.kafka.TopicAddress;
import fortnight.transforms.Payload;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts messages to payloads, whose source is {@code TOPIC/PARTITION/OFFSET}. */
public final class KafkaPayloads {
  /** The header of messages that were dead letters before. */
  public static final String REDRIVEN = "fortnight-redriven";

  /** The header of messages that were records of an Avro file: the schema of the file, as JSON. */
  public static final String SCHEMA = "fortnight-schema";

  /** Larger batches are slower. */
  private static final int MAX_BATCH_RECORDS = 500;

  /** Limits the memory of batches of large records. */
  private static final int MAX_BATCH_BYTES = 1 << 20;

  private static final byte[] EMPTY = {};

  private KafkaPayloads() {}

  /** Whether a batch of this size is emitted before another record is added. */
  static boolean isFullBatch(int records, long bytes) {
    return records >= MAX_BATCH_RECORDS || bytes >= MAX_BATCH_BYTES;
  }

  static Payload of(KafkaRecord<byte[], byte[]> record) {
    return of(
        record.getTopic(),
        record.getPartition(),
        record.getOffset(),
        record.getKV().getValue(),
        record.getHeaders());
  }

  public static Payload of(ConsumerRecord<byte[], byte[]> record) {
    return of(
        record.topic(), record.partition(), record.offset(), record.value(), record.headers());
  }

  /** Returns a payload for lost offsets, whose source is the first of them. */
  static Payload of(TopicAddress topic, LostOffsets lost) {
    return Payload.lostOffsets(origin(topic.name(), lost.partition()), lost.from(), lost.count());
  }

  private static String origin(String topic, int partition) {
    return topic + "/" + partition + "/";
  }

  private static Payload of(
      String topic,
      int partition,
      long offset,
      byte @Nullable [] value,
      @Nullable Headers headers) {
    Payload payload = Payload.of(origin(topic, partition), offset, value == null ? EMPTY : value);
    payload = withSchema(payload, headers);
    return headers != null && headers.lastHeader(REDRIVEN) != null ? payload.asRedriven() : payload;
  }

  /** Returns the payload of a message without its source, for event times. */
  static Payload withoutSource(byte[] value, @Nullable Headers headers) {
    return withSchema(Payload.of("", Payload.NOWHERE, value), headers);
  }

  private static Payload withSchema(Payload payload, @Nullable Headers headers) {
    return hasSchema(headers) ? payload.withPreamble(headers.lastHeader(SCHEMA).value()) : payload;
  }

  /** Returns whether a message contains its schema, and not the id of one. */
  static boolean hasSchema(@Nullable Headers headers) {
    Header schema = headers == null ? null : headers.lastHeader(SCHEMA);
    return schema != null && schema.value() != null && schema.value().length > 0;
  }
}

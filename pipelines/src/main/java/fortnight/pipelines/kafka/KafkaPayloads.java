package fortnight.pipelines.kafka;

import fortnight.common.kafka.TopicAddress;
import fortnight.transforms.Payload;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Messages as payloads, with {@code TOPIC/PARTITION/OFFSET} as their place. */
public final class KafkaPayloads {
  /** A header of messages that were dead letters before. */
  public static final String REDRIVEN = "fortnight-redriven";

  private static final byte[] NOTHING = {};

  private KafkaPayloads() {}

  static Payload of(KafkaRecord<byte[], byte[]> record) {
    return of(
        record.getTopic(),
        record.getPartition(),
        record.getOffset(),
        record.getKV().getValue(),
        record.getHeaders());
  }

  static Payload of(ConsumerRecord<byte[], byte[]> record) {
    return of(
        record.topic(), record.partition(), record.offset(), record.value(), record.headers());
  }

  /** Lost offsets, at the place of the first of them. */
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
    Payload payload = Payload.of(origin(topic, partition), offset, value == null ? NOTHING : value);
    return headers != null && headers.lastHeader(REDRIVEN) != null ? payload.asRedriven() : payload;
  }
}

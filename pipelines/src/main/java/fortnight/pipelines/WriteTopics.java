package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes rows as upserts: the last row of a key is the truth so far. A bundle is done when the
 * brokers have all of it; after a crash rows are written again, under the same keys.
 */
final class WriteTopics extends PTransform<PCollection<Row>, PDone> {
  static final Map<String, Object> LOSE_NOTHING =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          // Of a producer that is new to it a broker takes any message as the first. If the one
          // before that is still on its way, it is out of order for ever.
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          1,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true,
          ProducerConfig.RETRIES_CONFIG,
          Integer.MAX_VALUE,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          600_000,
          ProducerConfig.LINGER_MS_CONFIG,
          20,
          // A dead letter may be as large as the record, and JSON escapes make it larger.
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          8 << 20,
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4");

  private final TopicOutput output;

  private WriteTopics(TopicOutput output) {
    this.output = output;
  }

  static WriteTopics to(TopicOutput output) {
    return new WriteTopics(output);
  }

  @Override
  public PDone expand(PCollection<Row> rows) {
    KafkaClients clients = output.clients();
    String brokers = output.topics().values().iterator().next().brokers();
    return rows.apply("To messages", ParDo.of(new MessageFn(output)))
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply(
            "Send messages",
            KafkaIO.<byte[], byte[]>writeRecords()
                .withBootstrapServers(brokers)
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(LOSE_NOTHING)
                .withProducerFactoryFn(clients::producer));
  }

  private static final class MessageFn extends DoFn<Row, ProducerRecord<byte[], byte[]>> {
    private final Map<String, String> topics = new HashMap<>();
    private final RowKeys keys;

    MessageFn(TopicOutput output) {
      output.topics().forEach((title, topic) -> topics.put(title, topic.name()));
      keys = new RowKeys(output.windows());
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      out.output(
          new ProducerRecord<>(topics.get(row.file()), keys.of(row), row.json().getBytes(UTF_8)));
    }
  }
}

package fortnight.pipelines.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.SyncProducer;
import fortnight.pipelines.encoding.MessageFormat;
import fortnight.pipelines.rows.ResultRow;
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
 * Writes rows to topics as upserts: the last row of a key replaces earlier ones. A bundle is
 * complete when the brokers have acknowledged all of its messages; after a restore, rows are
 * written again with the same keys.
 */
final class WriteTopics extends PTransform<PCollection<ResultRow>, PDone> {
  private static final int DELIVERY_TIMEOUT_MILLIS = 600_000;

  private final TopicOutput output;

  WriteTopics(TopicOutput output) {
    this.output = output;
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    KafkaClients clients = output.clients();
    String brokers = output.topics().values().iterator().next().address().brokers();
    return rows.apply("To messages", ParDo.of(new MessageFn(output)))
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply(
            "Send messages",
            KafkaIO.<byte[], byte[]>writeRecords()
                .withBootstrapServers(brokers)
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(SyncProducer.LOSSLESS)
                .withProducerConfigUpdates(
                    Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS))
                .withProducerFactoryFn(clients::producer));
  }

  private static final class MessageFn extends DoFn<ResultRow, ProducerRecord<byte[], byte[]>> {
    private final Map<String, String> topics = new HashMap<>();
    private final Map<String, MessageFormat> formats = new HashMap<>();

    MessageFn(TopicOutput output) {
      output
          .topics()
          .forEach(
              (title, topic) -> {
                topics.put(title, topic.address().name());
                formats.put(title, topic.format());
              });
    }

    @ProcessElement
    public void process(
        @Element ResultRow row, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      MessageFormat format = formats.get(row.title());
      out.output(
          new ProducerRecord<>(
              topics.get(row.title()), row.key().getBytes(UTF_8), format.value(row)));
    }
  }
}

package fortnight.benchmarks.peers;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.kafka.CustomTimestampPolicyWithLimitedDelay;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation.Required;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** {@link TextbookBeam} from a topic to topics, unbounded. */
public final class TextbookBeamOnKafka {
  private TextbookBeamOnKafka() {}

  /** The flags in addition to Beam's. */
  public interface Options extends PipelineOptions {
    @Required
    String getBootstrapServers();

    void setBootstrapServers(String brokers);

    @Required
    String getTopic();

    void setTopic(String topic);

    @Required
    String getPrefix();

    void setPrefix(String prefix);
  }

  /** Runs the pipeline with these flags. */
  public static void main(String[] args) throws NoSuchSchemaException {
    Options options = PipelineOptionsFactory.fromArgs(args).withValidation().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);
    Coder<Purchase> coder = pipeline.getSchemaRegistry().getSchemaCoder(Purchase.class);
    TextbookBeam.rows(
            pipeline.apply("Read", read(options, coder)).apply("Purchases", Values.create()))
        .forEach(
            (analysis, rows) ->
                rows.apply(
                    "Write " + analysis,
                    KafkaIO.<String, String>write()
                        .withBootstrapServers(options.getBootstrapServers())
                        .withTopic(options.getPrefix() + analysis)
                        .withKeySerializer(StringSerializer.class)
                        .withValueSerializer(StringSerializer.class)));
    pipeline.run().waitUntilFinish();
  }

  private static PTransform<PBegin, PCollection<KV<byte[], Purchase>>> read(
      Options options, Coder<Purchase> coder) {
    return KafkaIO.<byte[], Purchase>read()
        .withBootstrapServers(options.getBootstrapServers())
        .withTopic(options.getTopic())
        .withKeyDeserializer(ByteArrayDeserializer.class)
        .withValueDeserializerAndCoder(Purchase.FromBytes.class, coder)
        .withConsumerConfigUpdates(Map.of("auto.offset.reset", "earliest"))
        .withTimestampPolicyFactory(
            (partition, previousWatermark) ->
                new CustomTimestampPolicyWithLimitedDelay<>(
                    record -> Instant.ofEpochMilli(record.getKV().getValue().timestamp),
                    Duration.standardHours(1),
                    previousWatermark))
        .withoutMetadata();
  }
}

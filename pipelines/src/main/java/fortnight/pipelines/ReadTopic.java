package fortnight.pipelines;

import fortnight.transforms.PayloadBatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the messages of a topic from its beginning, in batches: those that are there when the run
 * starts, or for ever, with a watermark by {@link EventTimePolicy}.
 */
final class ReadTopic extends PTransform<PBegin, PCollection<PayloadBatch>> {
  private final TopicInput input;

  private ReadTopic(TopicInput input) {
    this.input = input;
  }

  static ReadTopic of(TopicInput input) {
    return new ReadTopic(input);
  }

  @Override
  public PCollection<PayloadBatch> expand(PBegin begin) {
    return input.isBounded() ? whatIsThere(begin) : forEver(begin);
  }

  private PCollection<PayloadBatch> whatIsThere(PBegin begin) {
    List<TopicRange> ranges = input.ranges();
    return begin
        .apply("Offsets", Create.of(ranges).withCoder(SerializableCoder.of(TopicRange.class)))
        .apply("Read messages", ParDo.of(new ReadTopicRangeFn(input.clients())))
        .setCoder(PayloadBatch.coder());
  }

  private PCollection<PayloadBatch> forEver(PBegin begin) {
    KafkaIO.Read<byte[], byte[]> read =
        KafkaIO.<byte[], byte[]>read()
            .withBootstrapServers(input.topic().brokers())
            .withTopic(input.topic().name())
            .withKeyDeserializer(ByteArrayDeserializer.class)
            .withValueDeserializer(ByteArrayDeserializer.class)
            .withConsumerConfigUpdates(
                Map.of(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    TopicInput.ONLY_COMMITTED))
            .withConsumerFactoryFn(new MakeConsumer(input.clients(), input.runId()))
            .withTimestampPolicyFactory(new EventTimePolicies(input.rules(), input.runId()));
    return begin.apply("Read messages", Read.from(new TopicSource(sourceOf(read))));
  }

  /** KafkaIO does not show its source; a pipeline that is never run does. */
  private static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> sourceOf(
      KafkaIO.Read<byte[], byte[]> read) {
    Pipeline scratch = Pipeline.create();
    scratch.apply(read);
    AtomicReference<UnboundedSource<?, ?>> found = new AtomicReference<>();
    scratch.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Read.Unbounded<?> unbounded) {
              found.set(unbounded.getSource());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    @SuppressWarnings("unchecked") // It is the only source in this pipeline.
    UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> source =
        (UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark>) found.get();
    return source;
  }
}

package fortnight.pipelines;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** KafkaIO's source of some partitions, as a job's options want it. */
final class KafkaRecords {
  private KafkaRecords() {}

  static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> of(
      List<Integer> partitions, PipelineOptions options) {
    TopicInput input = TopicInput.of(options);
    String runId = Long.toString(options.getOptionsId());
    KafkaIO.Read<byte[], byte[]> read =
        KafkaIO.<byte[], byte[]>read()
            .withBootstrapServers(input.topic().brokers())
            .withTopicPartitions(
                partitions.stream()
                    .map(partition -> new TopicPartition(input.topic().name(), partition))
                    .toList())
            .withKeyDeserializer(ByteArrayDeserializer.class)
            .withValueDeserializer(ByteArrayDeserializer.class)
            .withConsumerConfigUpdates(
                // Offsets that the topic no longer holds are noticed, not skipped.
                Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"))
            .withConsumerFactoryFn(MakeConsumer.of(input, runId))
            .withTimestampPolicyFactory(new EventTimePolicies(input.rules(), runId));
    return sourceOf(read, options);
  }

  /** KafkaIO does not show its source; a pipeline that is never run does. */
  private static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> sourceOf(
      KafkaIO.Read<byte[], byte[]> read, PipelineOptions options) {
    Pipeline scratch = Pipeline.create(options);
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

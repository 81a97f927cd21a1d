package fortnight.pipelines.kafka;

import fortnight.transforms.PayloadBatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.primitives.Ints;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * KafkaIO's source with some hundred records per element, because Beam's cost for each element of a
 * source is high and fixed. Checkpoint marks and watermarks are those of KafkaIO.
 *
 * <p>A partition that is added to the topic belongs to one split, whose reader begins to read it. A
 * checkpoint mark contains all partitions that its split reads.
 *
 * <p>Flink stores the source in checkpoints, so it contains only numbers. All other settings are
 * those of the job that reads, because a restored job may use other brokers and options.
 *
 * <p>Splitting does not access the brokers: if it failed, a job that Flink restores from a
 * checkpoint without splits would read nothing and finish successfully.
 */
public final class KafkaTopicSource extends UnboundedSource<PayloadBatch, KafkaCheckpointMark> {
  private static final long serialVersionUID = 2;

  private final int split;
  private final int splits;
  private final int[] partitions;

  private KafkaTopicSource(int split, int splits, int... partitions) {
    this.split = split;
    this.splits = splits;
    this.partitions = partitions;
  }

  /** Returns the source of the partitions with these numbers. */
  public static KafkaTopicSource of(List<Integer> partitions) {
    return new KafkaTopicSource(0, 1, Ints.toArray(partitions));
  }

  /** Whether a partition belongs to this split. */
  boolean owns(int partition) {
    return partition % splits == split;
  }

  @Override
  public List<KafkaTopicSource> split(int desiredNumSplits, PipelineOptions options) {
    int parts = Math.min(desiredNumSplits, partitions.length);
    return IntStream.range(0, parts)
        .mapToObj(
            part ->
                new KafkaTopicSource(
                    part,
                    parts,
                    Arrays.stream(partitions).filter(p -> p % parts == part).toArray()))
        .toList();
  }

  @Override
  public UnboundedReader<PayloadBatch> createReader(
      PipelineOptions options, @Nullable KafkaCheckpointMark mark) throws IOException {
    return TopicBatchReader.of(this, Ints.asList(partitions), options, mark);
  }

  /** The partitions, as in the log of Flink. */
  @Override
  public String toString() {
    return Arrays.toString(partitions);
  }

  @Override
  public Coder<KafkaCheckpointMark> getCheckpointMarkCoder() {
    return AvroCoder.of(KafkaCheckpointMark.class);
  }

  @Override
  public Coder<PayloadBatch> getOutputCoder() {
    return PayloadBatch.coder();
  }

  /** Returns KafkaIO's source of these partitions, with the settings of a job. */
  static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> kafkaSource(
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
                // Reports offsets that the topic no longer contains, instead of skipping them.
                Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"))
            .withConsumerFactoryFn(TrackingConsumer.Factory.of(input, runId))
            .withTimestampPolicyFactory(
                new EventTimePolicy.Factory(input.watermark(), input.schemas(), runId));
    return sourceOf(read, options);
  }

  /** Returns the source of a read, which KafkaIO exposes only in an expanded pipeline. */
  private static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> sourceOf(
      KafkaIO.Read<byte[], byte[]> read, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(read);
    AtomicReference<UnboundedSource<?, ?>> found = new AtomicReference<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Read.Unbounded<?> unbounded) {
              found.set(unbounded.getSource());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    @SuppressWarnings("unchecked") // The pipeline contains no other source.
    UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> source =
        (UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark>) found.get();
    return source;
  }
}

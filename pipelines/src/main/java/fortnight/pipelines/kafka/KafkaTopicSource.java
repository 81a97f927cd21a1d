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
 * KafkaIO's source, some hundred records at a time: Beam's cost for each element of a source is
 * large and fixed. Checkpoint marks and watermarks are KafkaIO's.
 *
 * <p>Of the partitions that a topic gets later each belongs to one split, whose reader begins to
 * read it. A checkpoint mark names all partitions that its split reads.
 *
 * <p>Flink keeps this in checkpoints, so it holds nothing but numbers. All else is of the job that
 * reads: one that is restored may name other brokers and other rules.
 *
 * <p>Splitting asks nobody and cannot fail: what Flink restores from a checkpoint that was taken
 * before it knew the splits reads nothing and ends, as if all were done.
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

  /** Partitions, by their numbers. */
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

  /** As Flink's log says which task reads what. */
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

  /** KafkaIO's source of some partitions, as a job's options want it. */
  static final class KafkaRecords {
    private KafkaRecords() {}

    public static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> of(
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
              .withConsumerFactoryFn(TrackingConsumer.Factory.of(input, runId))
              .withTimestampPolicyFactory(new EventTimePolicy.Factory(input.watermark(), runId));
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
}

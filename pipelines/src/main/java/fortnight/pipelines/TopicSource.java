package fortnight.pipelines;

import fortnight.transforms.PayloadBatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.primitives.Ints;
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
final class TopicSource extends UnboundedSource<PayloadBatch, KafkaCheckpointMark> {
  private static final long serialVersionUID = 2;

  private final int split;
  private final int splits;
  private final int[] partitions;

  private TopicSource(int split, int splits, int... partitions) {
    this.split = split;
    this.splits = splits;
    this.partitions = partitions;
  }

  /** Partitions, by their numbers. */
  static TopicSource of(List<Integer> partitions) {
    return new TopicSource(0, 1, Ints.toArray(partitions));
  }

  /** Whether a partition belongs to this split. */
  boolean owns(int partition) {
    return partition % splits == split;
  }

  @Override
  public List<TopicSource> split(int desiredNumSplits, PipelineOptions options) {
    int parts = Math.min(desiredNumSplits, partitions.length);
    return IntStream.range(0, parts)
        .mapToObj(
            part ->
                new TopicSource(
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
}

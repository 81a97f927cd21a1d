package fortnight.pipelines;

import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.primitives.Ints;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * KafkaIO's source, some hundred records at a time: Beam's cost for each element of a source is
 * large and fixed. Checkpoint marks and watermarks are KafkaIO's.
 *
 * <p>Flink keeps this in checkpoints, so it holds nothing but the numbers of its partitions. All
 * else is of the job that reads: one that is restored may name other brokers and other rules.
 *
 * <p>Splitting asks nobody and cannot fail: what Flink restores from a checkpoint that was taken
 * before it knew the splits reads nothing and ends, as if all were done.
 */
final class TopicSource extends UnboundedSource<PayloadBatch, KafkaCheckpointMark> {
  private static final long serialVersionUID = 1;

  /** Larger batches were slower. */
  private static final int MOST_RECORDS = 500;

  /** Records of a megabyte each must not come by the hundred. */
  private static final int MOST_BYTES = 1 << 20;

  private final int[] partitions;

  private TopicSource(int... partitions) {
    this.partitions = partitions;
  }

  /** Partitions, by their numbers. */
  static TopicSource of(List<Integer> partitions) {
    return new TopicSource(Ints.toArray(partitions));
  }

  @Override
  public List<TopicSource> split(int desiredNumSplits, PipelineOptions options) {
    int splits = Math.min(desiredNumSplits, partitions.length);
    return IntStream.range(0, splits)
        .mapToObj(
            split ->
                new TopicSource(
                    IntStream.iterate(split, i -> i < partitions.length, i -> i + splits)
                        .map(i -> partitions[i])
                        .toArray()))
        .toList();
  }

  @Override
  public UnboundedReader<PayloadBatch> createReader(
      PipelineOptions options, @Nullable KafkaCheckpointMark mark) throws IOException {
    return new BatchReader(this, records(options).createReader(options, mark));
  }

  private UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> records(
      PipelineOptions options) {
    return KafkaRecords.of(Ints.asList(partitions), options);
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

  private static final class BatchReader extends UnboundedReader<PayloadBatch> {
    private final TopicSource source;
    private final UnboundedReader<KafkaRecord<byte[], byte[]>> records;

    private @Nullable PayloadBatch batch;
    private Instant earliest = Instant.EPOCH;

    BatchReader(TopicSource source, UnboundedReader<KafkaRecord<byte[], byte[]>> records) {
      this.source = source;
      this.records = records;
    }

    @Override
    public boolean start() throws IOException {
      return fill(records.start());
    }

    @Override
    public boolean advance() throws IOException {
      return fill(records.advance());
    }

    private boolean fill(boolean isFirstThere) throws IOException {
      if (!isFirstThere) {
        batch = null;
        return false;
      }
      List<Payload> payloads = new ArrayList<>();
      earliest = records.getCurrentTimestamp();
      long bytes = 0;
      boolean isThere = true;
      while (isThere) {
        Payload payload = KafkaPayloads.of(records.getCurrent());
        payloads.add(payload);
        bytes += payload.size();
        if (records.getCurrentTimestamp().isBefore(earliest)) {
          earliest = records.getCurrentTimestamp();
        }
        isThere = payloads.size() < MOST_RECORDS && bytes < MOST_BYTES && records.advance();
      }
      batch = new PayloadBatch(payloads);
      return true;
    }

    @Override
    public PayloadBatch getCurrent() {
      if (batch == null) {
        throw new NoSuchElementException();
      }
      return batch;
    }

    @Override
    public Instant getCurrentTimestamp() {
      if (batch == null) {
        throw new NoSuchElementException();
      }
      return earliest;
    }

    @Override
    public Instant getWatermark() {
      return records.getWatermark();
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return records.getCheckpointMark();
    }

    @Override
    public long getSplitBacklogBytes() {
      return records.getSplitBacklogBytes();
    }

    @Override
    public UnboundedSource<PayloadBatch, ?> getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}

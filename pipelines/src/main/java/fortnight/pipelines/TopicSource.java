package fortnight.pipelines;

import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * KafkaIO's source, some hundred records at a time: Beam's cost for each element of a source is
 * large and fixed. Splits, checkpoint marks and watermarks are KafkaIO's.
 */
final class TopicSource extends UnboundedSource<PayloadBatch, KafkaCheckpointMark> {
  private static final long serialVersionUID = 1;

  /** Larger batches were slower. */
  private static final int MOST_RECORDS = 500;

  /** Records of a megabyte each must not come by the hundred. */
  private static final int MOST_BYTES = 1 << 20;

  private final UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> records;

  TopicSource(UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> records) {
    this.records = records;
  }

  @Override
  public List<TopicSource> split(int desiredNumSplits, PipelineOptions options) throws Exception {
    List<TopicSource> splits = new ArrayList<>();
    for (UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> split :
        records.split(desiredNumSplits, options)) {
      splits.add(new TopicSource(split));
    }
    return splits;
  }

  @Override
  public UnboundedReader<PayloadBatch> createReader(
      PipelineOptions options, @Nullable KafkaCheckpointMark mark) throws IOException {
    return new BatchReader(this, records.createReader(options, mark));
  }

  @Override
  public Coder<KafkaCheckpointMark> getCheckpointMarkCoder() {
    return records.getCheckpointMarkCoder();
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

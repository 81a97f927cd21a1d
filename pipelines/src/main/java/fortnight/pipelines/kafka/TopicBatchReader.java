package fortnight.pipelines.kafka;

import fortnight.common.cli.CommandException;
import fortnight.common.kafka.KafkaErrors;
import fortnight.pipelines.kafka.LostOffsets.DataLossException;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark.PartitionMark;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Throwables;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions of a split of a {@link KafkaTopicSource} with KafkaIO's reader, in batches.
 *
 * <p>A partition that is added to the topic is read from its first offset: KafkaIO's reader is
 * replaced by one that also reads the new partition. The watermark is that of KafkaIO, {@linkplain
 * ConfirmedWatermark delayed} until the brokers report no unread partition.
 *
 * <p>Lost offsets, if they do not fail the job, are emitted as payloads.
 */
final class TopicBatchReader extends UnboundedReader<PayloadBatch> {
  private static final Logger LOG = LoggerFactory.getLogger(TopicBatchReader.class);

  private static final long NONE = -1;

  private final KafkaTopicSource source;
  private final PipelineOptions options;
  private final TopicInput input;
  private final TopicProgress.ReadPositions positions;
  private final Map<Integer, Long> lastRead = new HashMap<>();
  private final Map<Integer, Long> skippedTo = new HashMap<>();
  private final ConfirmedWatermark watermark;

  private List<Integer> partitions;
  private UnboundedReader<KafkaRecord<byte[], byte[]>> records;
  private @Nullable TopicWatcher watcher;

  private @Nullable PayloadBatch batch;
  private Instant earliest = Instant.EPOCH;

  private TopicBatchReader(
      KafkaTopicSource source,
      List<Integer> partitions,
      PipelineOptions options,
      TopicInput input,
      @Nullable KafkaCheckpointMark mark)
      throws IOException {
    this.source = source;
    this.partitions = partitions;
    this.options = options;
    this.input = input;
    this.positions = TopicProgress.of(runId()).positions();
    this.records = KafkaTopicSource.kafkaSource(partitions, options).createReader(options, mark);
    this.watermark =
        new ConfirmedWatermark(mark == null ? BoundedWindow.TIMESTAMP_MIN_VALUE : watermark(mark));
  }

  /**
   * Returns a reader of the partitions of a checkpoint mark, or, without a mark, of the given ones.
   *
   * @throws RuntimeException if the mark belongs to another topic
   */
  static TopicBatchReader of(
      KafkaTopicSource source,
      List<Integer> partitions,
      PipelineOptions options,
      @Nullable KafkaCheckpointMark mark)
      throws IOException {
    TopicInput input = TopicInput.of(options);
    if (mark == null) {
      return new TopicBatchReader(source, partitions, options, input, null);
    }
    for (PartitionMark partition : mark.getPartitions()) {
      if (!partition.getTopic().equals(input.topic().name())) {
        throw RunnerSupport.of(options)
            .withoutRestart(
                CommandException.failed(
                    ("%s: the state of this job belongs to the topic %s; read that topic, or start"
                            + " over without the state")
                        .formatted(input.topic(), partition.getTopic())));
      }
    }
    return new TopicBatchReader(source, partitionsOf(mark), options, input, mark);
  }

  private static List<Integer> partitionsOf(KafkaCheckpointMark mark) {
    return mark.getPartitions().stream().map(PartitionMark::getPartition).toList();
  }

  private static Instant watermark(KafkaCheckpointMark mark) {
    return Instant.ofEpochMilli(
        mark.getPartitions().stream()
            .mapToLong(PartitionMark::getWatermarkMillis)
            .min()
            .orElse(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()));
  }

  private String runId() {
    return Long.toString(options.getOptionsId());
  }

  @Override
  public boolean start() throws IOException {
    watcher = TopicWatcher.open(runId(), input);
    return fillBatch(advanceRecords(true));
  }

  @Override
  public boolean advance() throws IOException {
    List<Integer> added = watcher == null ? List.of() : unread(watcher.partitions());
    if (added.isEmpty()) {
      return fillBatch(advanceRecords(false));
    }
    addPartitions(added);
    return fillBatch(advanceRecords(true));
  }

  /** Replaces KafkaIO's reader by one that also reads these partitions. */
  private void addPartitions(List<Integer> added) throws IOException {
    LOG.info("Reading the new partitions {} of {}", added, input.topic());
    List<PartitionMark> marks = new ArrayList<>(getCheckpointMark().getPartitions());
    for (int partition : added) {
      marks.add(new PartitionMark(input.topic().name(), partition, 0, watermark.get().getMillis()));
    }
    KafkaCheckpointMark mark = new KafkaCheckpointMark(marks, Optional.empty());
    watermark.discardCandidate();
    records.close();
    partitions = partitionsOf(mark);
    lastRead.clear();
    skippedTo.clear();
    records = KafkaTopicSource.kafkaSource(partitions, options).createReader(options, mark);
  }

  /** Returns the reported partitions of this split that are not read. */
  private List<Integer> unread(Optional<TopicWatcher.Partitions> reported) {
    return reported.map(TopicWatcher.Partitions::partitions).orElse(List.of()).stream()
        .filter(partition -> source.owns(partition) && !partitions.contains(partition))
        .toList();
  }

  private boolean advanceRecords(boolean isFirst) throws IOException {
    Optional<String> failure = watcher == null ? Optional.empty() : watcher.failure();
    if (failure.isPresent()) {
      throw withoutRestart(
          new DataLossException(
              "cannot read %s: %s. %s"
                  .formatted(input.topic(), failure.get(), LostOffsets.START_OVER)));
    }
    try {
      return isFirst ? records.start() : records.advance();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Returns the failure as one sentence for the user; throws other failures unchanged. */
  private RuntimeException failure(IOException e) throws IOException {
    for (Throwable cause : Throwables.getCausalChain(e)) {
      if (cause instanceof DataLossException loss) {
        return withoutRestart(loss);
      }
      if (cause instanceof CommandException command) {
        return command;
      }
      if (cause instanceof InterruptException || cause instanceof WakeupException) {
        throw e;
      }
      if (cause instanceof KafkaException) {
        return KafkaErrors.failure(input.topic(), input.clients(), cause);
      }
    }
    throw e;
  }

  private RuntimeException withoutRestart(RuntimeException failure) {
    return RunnerSupport.of(options).withoutRestart(failure);
  }

  private boolean fillBatch(boolean hasRecord) throws IOException {
    List<Payload> payloads = new ArrayList<>();
    earliest = hasRecord ? records.getCurrentTimestamp() : watermark.get();
    long bytes = 0;
    boolean hasNext = hasRecord;
    while (hasNext) {
      KafkaRecord<byte[], byte[]> record = records.getCurrent();
      lastRead.put(record.getPartition(), record.getOffset());
      Payload payload = KafkaPayloads.of(record);
      payloads.add(payload);
      bytes += payload.size();
      if (records.getCurrentTimestamp().isBefore(earliest)) {
        earliest = records.getCurrentTimestamp();
      }
      hasNext = !KafkaPayloads.isFullBatch(payloads.size(), bytes) && advanceRecords(false);
    }
    addLostOffsets(payloads);
    batch = payloads.isEmpty() ? null : new PayloadBatch(payloads);
    return batch != null;
  }

  /**
   * Called at the end of a batch, so that a checkpoint after lost offsets includes their payload.
   */
  private void addLostOffsets(List<Payload> payloads) {
    for (int partition : partitions) {
      long last = lastRead.getOrDefault(partition, NONE);
      TopicPartition topicPartition = new TopicPartition(input.topic().name(), partition);
      for (LostOffsets lost : positions.removeLost(topicPartition, last)) {
        payloads.add(KafkaPayloads.of(input.topic(), lost));
        skippedTo.put(partition, lost.until());
      }
    }
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
    return watermark.update(records.getWatermark(), this::isCompleteSince);
  }

  /** Whether the brokers reported after a time that all partitions of this split are read. */
  private boolean isCompleteSince(long nanoTime) {
    Optional<TopicWatcher.Partitions> reported =
        watcher == null ? Optional.empty() : watcher.partitions();
    return reported.filter(partitions -> partitions.isRequestedAfter(nanoTime)).isPresent()
        && unread(reported).isEmpty();
  }

  @Override
  public KafkaCheckpointMark getCheckpointMark() {
    // KafkaIO's marks contain the watermark that was last requested.
    records.getWatermark();
    KafkaCheckpointMark mark = (KafkaCheckpointMark) records.getCheckpointMark();
    return new KafkaCheckpointMark(
        mark.getPartitions().stream().map(this::afterLostOffsets).toList(), Optional.empty());
  }

  private PartitionMark afterLostOffsets(PartitionMark mark) {
    long next = Math.max(mark.getNextOffset(), skippedTo.getOrDefault(mark.getPartition(), NONE));
    return new PartitionMark(mark.getTopic(), mark.getPartition(), next, mark.getWatermarkMillis());
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
    if (watcher != null) {
      watcher.close();
      watcher = null;
    }
    records.close();
  }
}

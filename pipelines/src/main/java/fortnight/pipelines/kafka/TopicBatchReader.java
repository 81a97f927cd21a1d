package fortnight.pipelines.kafka;

import fortnight.common.cli.CommandException;
import fortnight.common.kafka.KafkaErrors;
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
 * <p>A partition that the topic gets later is read from its first offset: KafkaIO's reader is
 * replaced by one that has it as well. The watermark is KafkaIO's as of a time after which the
 * brokers reported no partition of this split that is not read. So no window is complete because of
 * records that were written after those of a new partition.
 *
 * <p>Offsets that the topic no longer holds are a part of a batch, where they do not fail the job.
 */
final class TopicBatchReader extends UnboundedReader<PayloadBatch> {
  private static final Logger LOG = LoggerFactory.getLogger(TopicBatchReader.class);

  /** Larger batches were slower. */
  private static final int MOST_RECORDS = 500;

  /** Records of a megabyte each must not come by the hundred. */
  private static final int MOST_BYTES = 1 << 20;

  private static final long NONE = -1;

  private final KafkaTopicSource source;
  private final PipelineOptions options;
  private final TopicInput input;
  private final TopicProgress.ReadPositions positions;
  private final Map<Integer, Long> lastRead = new HashMap<>();
  private final Map<Integer, Long> skippedTo = new HashMap<>();

  private List<Integer> partitions;
  private UnboundedReader<KafkaRecord<byte[], byte[]>> records;
  private @Nullable TopicWatch watch;

  private @Nullable PayloadBatch batch;
  private Instant earliest = Instant.EPOCH;

  private Instant watermark;
  private @Nullable Instant unconfirmed;
  private long unconfirmedSince;

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
    this.records =
        KafkaTopicSource.KafkaRecords.of(partitions, options).createReader(options, mark);
    this.watermark = mark == null ? BoundedWindow.TIMESTAMP_MIN_VALUE : watermark(mark);
  }

  /**
   * A reader of these partitions, or of those that the mark names.
   *
   * @throws IllegalStateException when the mark is of another topic
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
                    "%s: the state of this job is of the topic %s; name that one, or start afresh"
                        .formatted(input.topic(), partition.getTopic())));
      }
    }
    List<Integer> marked = mark.getPartitions().stream().map(PartitionMark::getPartition).toList();
    return new TopicBatchReader(source, marked, options, input, mark);
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
    watch = TopicWatch.open(runId(), input);
    return fill(next(true));
  }

  @Override
  public boolean advance() throws IOException {
    List<Integer> added = addedPartitions();
    if (added.isEmpty()) {
      return fill(next(false));
    }
    read(added);
    return fill(next(true));
  }

  /** Reads on with a reader that has these partitions as well. */
  private void read(List<Integer> added) throws IOException {
    LOG.info("Reading the new partitions {} of {}", added, input.topic());
    List<PartitionMark> marks = new ArrayList<>(getCheckpointMark().getPartitions());
    for (int partition : added) {
      marks.add(new PartitionMark(input.topic().name(), partition, 0, watermark.getMillis()));
    }
    unconfirmed = null; // It is a watermark without the new partitions.
    records.close();
    partitions = marks.stream().map(PartitionMark::getPartition).toList();
    lastRead.clear();
    skippedTo.clear();
    records =
        KafkaTopicSource.KafkaRecords.of(partitions, options)
            .createReader(options, new KafkaCheckpointMark(marks, Optional.empty()));
  }

  private List<Integer> addedPartitions() {
    return watch == null ? List.of() : watch.newest().map(this::unread).orElse(List.of());
  }

  private List<Integer> unread(TopicWatch.Partitions look) {
    return look.partitions().stream()
        .filter(partition -> source.owns(partition) && !partitions.contains(partition))
        .toList();
  }

  private boolean next(boolean isFirst) throws IOException {
    Optional<String> end = watch == null ? Optional.empty() : watch.end();
    if (end.isPresent()) {
      throw RunnerSupport.of(options)
          .withoutRestart(
              new LostOffsets.DataLossException(
                  "cannot read %s any more: %s. %s"
                      .formatted(input.topic(), end.get(), LostOffsets.AFRESH)));
    }
    try {
      return isFirst ? records.start() : records.advance();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** What a user can do something about, in one sentence; anything else as KafkaIO has it. */
  private RuntimeException failure(IOException e) throws IOException {
    for (Throwable cause : Throwables.getCausalChain(e)) {
      if (cause instanceof LostOffsets.DataLossException loss) {
        return RunnerSupport.of(options).withoutRestart(loss);
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

  private boolean fill(boolean isFirstThere) throws IOException {
    List<Payload> payloads = new ArrayList<>();
    earliest = isFirstThere ? records.getCurrentTimestamp() : watermark;
    long bytes = 0;
    boolean isThere = isFirstThere;
    while (isThere) {
      KafkaRecord<byte[], byte[]> record = records.getCurrent();
      lastRead.put(record.getPartition(), record.getOffset());
      Payload payload = KafkaPayloads.of(record);
      payloads.add(payload);
      bytes += payload.size();
      if (records.getCurrentTimestamp().isBefore(earliest)) {
        earliest = records.getCurrentTimestamp();
      }
      isThere = payloads.size() < MOST_RECORDS && bytes < MOST_BYTES && next(false);
    }
    addLostOffsets(payloads);
    batch = payloads.isEmpty() ? null : new PayloadBatch(payloads);
    return batch != null;
  }

  /** Last, so that a mark behind lost offsets is always of a batch that names them. */
  private void addLostOffsets(List<Payload> payloads) {
    for (int partition : partitions) {
      long last = lastRead.getOrDefault(partition, NONE);
      TopicPartition ofTopic = new TopicPartition(input.topic().name(), partition);
      for (LostOffsets lost : positions.takeLost(ofTopic, last)) {
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
    Instant now = records.getWatermark();
    if (unconfirmed != null && watch != null && watch.newest().filter(this::confirms).isPresent()) {
      watermark = unconfirmed.isAfter(watermark) ? unconfirmed : watermark;
      unconfirmed = null;
    }
    if (unconfirmed == null) {
      unconfirmed = now;
      unconfirmedSince = System.nanoTime();
    }
    return watermark;
  }

  private boolean confirms(TopicWatch.Partitions look) {
    return look.isAfter(unconfirmedSince) && unread(look).isEmpty();
  }

  @Override
  public KafkaCheckpointMark getCheckpointMark() {
    // KafkaIO's marks have the watermark that was asked for last.
    records.getWatermark();
    KafkaCheckpointMark mark = (KafkaCheckpointMark) records.getCheckpointMark();
    return new KafkaCheckpointMark(
        mark.getPartitions().stream().map(this::behindLostOffsets).toList(), Optional.empty());
  }

  private PartitionMark behindLostOffsets(PartitionMark mark) {
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
    if (watch != null) {
      watch.close();
      watch = null;
    }
    records.close();
  }
}

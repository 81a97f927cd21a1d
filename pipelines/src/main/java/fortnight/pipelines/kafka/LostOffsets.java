package fortnight.pipelines.kafka;

import fortnight.common.kafka.TopicAddress;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offsets of a partition that were deleted before they were read.
 *
 * @param from the first lost offset
 * @param until the first offset after them
 */
record LostOffsets(int partition, long from, long until) {
  private static final Logger LOG = LoggerFactory.getLogger(LostOffsets.class);

  /** The advice if a topic is not the one that was read before. */
  static final String START_OVER =
      "Start over without the state of this run, and write the results to a new location";

  /**
   * Moves a consumer whose position is out of range to the first offset that exists.
   *
   * @return the skipped offsets; empty if the position is in range again
   * @throws DataLossException if offsets are lost and {@code failsOnDataLoss} is set, or if the
   *     partition ends before the position
   */
  static Optional<LostOffsets> skip(
      TopicAddress topic,
      boolean failsOnDataLoss,
      Consumer<?, ?> consumer,
      TopicPartition partition,
      long position) {
    long first = consumer.beginningOffsets(Set.of(partition)).get(partition);
    if (position < first) {
      LostOffsets lost = new LostOffsets(partition.partition(), position, first);
      if (failsOnDataLoss) {
        throw new DataLossException(
            ("cannot read %s. Set --failOnDataLoss=false to continue without lost offsets, and"
                    + " increase the retention of the topic")
                .formatted(lost.description(topic)));
      }
      LOG.warn("{}; the run continues without lost offsets", lost.description(topic));
      consumer.seek(partition, first);
      return Optional.of(lost);
    }
    long end = consumer.endOffsets(Set.of(partition)).get(partition);
    if (position > end) {
      throw new DataLossException(
          ("cannot read %s: partition %d ends at offset %d, but was already read to offset %d; the"
                  + " topic was deleted and created again, or its brokers lost records. %s")
              .formatted(topic, partition.partition(), end, position, START_OVER));
    }
    return Optional.empty();
  }

  private String description(TopicAddress topic) {
    String offsets =
        count() == 1
            ? "offset %d, which was deleted by retention before it was read".formatted(from)
            : "offsets %d to %d, which were deleted by retention before they were read"
                .formatted(from, until - 1);
    return "%s: partition %d no longer contains %s".formatted(topic, partition, offsets);
  }

  long count() {
    return until - from;
  }

  /** Returns the lost offsets before an offset. */
  LostOffsets before(long end) {
    return new LostOffsets(partition, from, Math.min(until, end));
  }

  /** Records of a topic were lost before they were read; restarting the job does not help. */
  static final class DataLossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DataLossException(String message) {
      super(message);
    }
  }
}

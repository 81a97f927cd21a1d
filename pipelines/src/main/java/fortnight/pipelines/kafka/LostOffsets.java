package fortnight.pipelines.kafka;

import fortnight.common.kafka.TopicAddress;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of a partition that were deleted before they were read.
 *
 * @param from the first of them
 * @param until the first offset behind them
 */
record LostOffsets(int partition, long from, long until) {

  /**
   * The offsets that are lost to a consumer whose position the brokers say is out of range; empty
   * when the position is in range by now.
   *
   * @throws DataLossException when the partition ends before this position
   */
  static Optional<LostOffsets> find(
      TopicAddress topic, Consumer<?, ?> consumer, TopicPartition partition, long position) {
    long first = consumer.beginningOffsets(Set.of(partition)).get(partition);
    if (position < first) {
      return Optional.of(new LostOffsets(partition.partition(), position, first));
    }
    long end = consumer.endOffsets(Set.of(partition)).get(partition);
    if (position > end) {
      throw new DataLossException(
          ("cannot read %s: partition %d ends at offset %d, and was already read to offset %d; the"
                  + " topic was deleted and created again, or its brokers lost records. %s")
              .formatted(topic, partition.partition(), end, position, AFRESH));
    }
    return Optional.empty();
  }

  /** What to do where a topic is not the one that was read before. */
  static final String AFRESH =
      "Start afresh, without the state of this run and with other places for the results";

  long count() {
    return until - from;
  }

  LostOffsets before(long end) {
    return new LostOffsets(partition, from, Math.min(until, end));
  }

  /** The failure of a run that may not continue without them. */
  DataLossException failure(TopicAddress topic) {
    return new DataLossException(
        ("cannot read %s: partition %d no longer holds %s; the topic's retention deleted them before"
                + " they were read. Set --failOnDataLoss=false to continue without them, and keep"
                + " the topic's records for longer than a run may be behind")
            .formatted(topic, partition, range()));
  }

  /** The warning of a run that continues without them. */
  String warning(TopicAddress topic) {
    return "%s: partition %d no longer holds %s; the topic's retention deleted them before they were read, and the run continues without them"
        .formatted(topic, partition, range());
  }

  private String range() {
    return count() == 1 ? "offset " + from : "offsets " + from + " to " + (until - 1);
  }

  /**
   * Records of a topic that were not read yet are gone; the message is one sentence for the user.
   * To restart the job does not help.
   */
  static final class DataLossException extends RuntimeException {
    DataLossException(String message) {
      super(message);
    }
  }
}

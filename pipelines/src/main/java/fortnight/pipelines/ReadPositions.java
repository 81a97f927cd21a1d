package fortnight.pipelines;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the consumers of a run in this process have come. KafkaIO knows that of records only; the
 * end of a producer's transaction is an offset without one, and would seem never to be read.
 */
final class ReadPositions {
  private final Map<TopicPartition, Position> positions = new ConcurrentHashMap<>();

  /** A consumer begins, maybe again. */
  void begin(TopicPartition partition, long offset) {
    positions.put(partition, new Position(offset, offset, -1));
  }

  /**
   * @param next the offset that the consumer reads next
   * @param lastRecord the offset of the last record it has handed on; below zero: none
   */
  void advance(TopicPartition partition, long next, long lastRecord) {
    positions.computeIfPresent(
        partition,
        (same, before) ->
            new Position(before.begin(), next, Math.max(before.lastRecord(), lastRecord)));
  }

  /**
   * Whether all of a partition is read, records or not.
   *
   * @param lastSeen the offset of the last record that came through; below zero: none
   * @param backlog the offsets from behind that record to the end
   */
  boolean areAtEnd(TopicPartition partition, long lastSeen, long backlog) {
    Position position = positions.get(partition);
    if (position == null || position.lastRecord() > lastSeen) {
      return false;
    }
    long behindLastSeen = lastSeen < 0 ? position.begin() : lastSeen + 1;
    return position.next() >= behindLastSeen + backlog;
  }

  private record Position(long begin, long next, long lastRecord) {}
}

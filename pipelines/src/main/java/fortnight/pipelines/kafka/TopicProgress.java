package fortnight.pipelines.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** The progress of all readers of a run's input topic in this process. */
record TopicProgress(NewestEventTimes eventTimes, ReadPositions positions) {
  private static final Map<String, TopicProgress> BY_RUN = new ConcurrentHashMap<>();

  static TopicProgress of(String runId) {
    return BY_RUN.computeIfAbsent(
        runId, run -> new TopicProgress(new NewestEventTimes(), new ReadPositions()));
  }

  /** The newest event time of each partition, in milliseconds. */
  static final class NewestEventTimes {
    private final Map<TopicPartition, AtomicLong> newest = new ConcurrentHashMap<>();

    void update(TopicPartition partition, long eventTime) {
      newest
          .computeIfAbsent(partition, p -> new AtomicLong(Long.MIN_VALUE))
          .accumulateAndGet(eventTime, Math::max);
    }

    /** Returns the newest event time of all partitions. */
    OptionalLong newest() {
      return newest.values().stream().mapToLong(AtomicLong::get).max();
    }

    /** Returns the newest event time of all partitions except one. */
    OptionalLong newestOfOthers(TopicPartition partition) {
      return newest.entrySet().stream()
          .filter(other -> !other.getKey().equals(partition))
          .mapToLong(other -> other.getValue().get())
          .max();
    }
  }

  /**
   * The positions of consumers. The positions of KafkaIO are those of records, and never pass the
   * offset at the end of a producer's transaction, which has no record.
   */
  static final class ReadPositions {
    private final Map<TopicPartition, Position> positions = new ConcurrentHashMap<>();

    /** Sets the first offset of a new consumer of a partition. */
    void start(TopicPartition partition, long offset) {
      positions.put(partition, new Position(offset, offset, -1, List.of()));
    }

    /**
     * Advances the position of a consumer.
     *
     * @param next the next offset that the consumer reads
     * @param lastRecord the offset of the last record that the consumer has returned; -1 for none
     */
    void advance(TopicPartition partition, long next, long lastRecord) {
      positions.computeIfPresent(
          partition,
          (same, before) ->
              new Position(
                  before.first(), next, Math.max(before.lastRecord(), lastRecord), before.lost()));
    }

    /** Adds offsets that a consumer has skipped because they are lost. */
    void addLost(TopicPartition partition, LostOffsets lost) {
      positions.computeIfPresent(
          partition,
          (same, before) -> {
            List<Loss> all = new ArrayList<>(before.lost());
            all.add(new Loss(lost, before.lastRecord()));
            return new Position(
                before.first(), lost.until(), before.lastRecord(), List.copyOf(all));
          });
    }

    /**
     * Removes and returns the lost offsets before which all records were emitted.
     *
     * @param lastEmitted the offset of the last record that was emitted; -1 for none
     */
    List<LostOffsets> removeLost(TopicPartition partition, long lastEmitted) {
      Position now = positions.get(partition);
      if (now == null || now.lost().isEmpty()) {
        return List.of();
      }
      List<LostOffsets> removed = new ArrayList<>();
      positions.computeIfPresent(
          partition,
          (same, before) -> {
            List<Loss> left = new ArrayList<>();
            for (Loss loss : before.lost()) {
              if (loss.afterRecord() <= lastEmitted) {
                removed.add(loss.offsets());
              } else {
                left.add(loss);
              }
            }
            return new Position(before.first(), before.next(), before.lastRecord(), left);
          });
      return removed;
    }

    /**
     * Whether a partition is read to its end, including offsets without records.
     *
     * @param lastEmitted the offset of the last record that was emitted; -1 for none
     * @param backlog the number of offsets after that record
     */
    boolean isAtEnd(TopicPartition partition, long lastEmitted, long backlog) {
      Position position = positions.get(partition);
      if (position == null || position.lastRecord() > lastEmitted) {
        return false;
      }
      long next = lastEmitted < 0 ? position.first() : lastEmitted + 1;
      return position.next() >= next + backlog;
    }

    private record Position(long first, long next, long lastRecord, List<Loss> lost) {}

    /**
     * Lost offsets.
     *
     * @param afterRecord the offset of the last record that the consumer returned before them
     */
    private record Loss(LostOffsets offsets, long afterRecord) {}
  }
}

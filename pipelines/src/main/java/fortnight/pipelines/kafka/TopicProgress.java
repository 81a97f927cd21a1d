package fortnight.pipelines.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** What a run knows in this process of the topic that it reads, across partitions and readers. */
record TopicProgress(NewestEventTimes newest, ReadPositions positions) {
  private static final Map<String, TopicProgress> OF_RUNS = new ConcurrentHashMap<>();

  static TopicProgress of(String runId) {
    return OF_RUNS.computeIfAbsent(
        runId, run -> new TopicProgress(new NewestEventTimes(), new ReadPositions()));
  }

  /** The newest event time of each partition that a run reads in this process. */
  static final class NewestEventTimes {
    private final Map<TopicPartition, AtomicLong> newest = new ConcurrentHashMap<>();

    void tell(TopicPartition partition, long eventTime) {
      newest
          .computeIfAbsent(partition, p -> new AtomicLong(Long.MIN_VALUE))
          .accumulateAndGet(eventTime, Math::max);
    }

    OptionalLong ofAll() {
      return newest.values().stream().mapToLong(AtomicLong::get).max();
    }

    OptionalLong ofOthersThan(TopicPartition partition) {
      return newest.entrySet().stream()
          .filter(other -> !other.getKey().equals(partition))
          .mapToLong(other -> other.getValue().get())
          .max();
    }
  }

  /**
   * How far the consumers of a run in this process have come. KafkaIO knows that of records only;
   * the end of a producer's transaction is an offset without one, and would seem never to be read.
   */
  static final class ReadPositions {
    private final Map<TopicPartition, Position> positions = new ConcurrentHashMap<>();

    /** A consumer begins, maybe again. */
    void begin(TopicPartition partition, long offset) {
      positions.put(partition, new Position(offset, offset, -1, List.of()));
    }

    /**
     * @param next the offset that the consumer reads next
     * @param lastRecord the offset of the last record it has handed on; below zero: none
     */
    void advance(TopicPartition partition, long next, long lastRecord) {
      positions.computeIfPresent(
          partition,
          (same, before) ->
              new Position(
                  before.begin(), next, Math.max(before.lastRecord(), lastRecord), before.lost()));
    }

    /** The consumer continues behind offsets that are lost. */
    void lose(TopicPartition partition, LostOffsets lost) {
      positions.computeIfPresent(
          partition,
          (same, before) -> {
            List<Loss> all = new ArrayList<>(before.lost());
            all.add(new Loss(lost, before.lastRecord()));
            return new Position(
                before.begin(), lost.until(), before.lastRecord(), List.copyOf(all));
          });
    }

    /**
     * Removes and returns the lost offsets that follow what came through.
     *
     * @param lastSeen the offset of the last record that came through; below zero: none
     */
    List<LostOffsets> takeLost(TopicPartition partition, long lastSeen) {
      Position now = positions.get(partition);
      if (now == null || now.lost().isEmpty()) {
        return List.of();
      }
      List<LostOffsets> taken = new ArrayList<>();
      positions.computeIfPresent(
          partition,
          (same, before) -> {
            List<Loss> left = new ArrayList<>();
            for (Loss loss : before.lost()) {
              if (loss.afterRecord() <= lastSeen) {
                taken.add(loss.offsets());
              } else {
                left.add(loss);
              }
            }
            return new Position(before.begin(), before.next(), before.lastRecord(), left);
          });
      return taken;
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

    private record Position(long begin, long next, long lastRecord, List<Loss> lost) {}

    /**
     * Lost offsets.
     *
     * @param afterRecord the last record that the consumer returned before it met them
     */
    private record Loss(LostOffsets offsets, long afterRecord) {}
  }
}

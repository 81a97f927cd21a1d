package fortnight.pipelines;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** The newest event time of each partition that a run reads in this process. */
final class NewestEventTimes {
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

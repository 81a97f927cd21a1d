package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The newest event time of a topic of transactions, by its last messages. */
final class NewestEvents {
  private static final int BYTES_AT_ONCE = 256 << 10;
  private static final int LAST = 20;
  private static final long DAY = 86_400_000;
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final Consumer<byte[], byte[]> consumer;
  private final Timestamps timestamps;
  private final Map<TopicPartition, Long> seen = new HashMap<>();
  private long newest = Long.MIN_VALUE;

  NewestEvents(Brokers brokers, ZoneId zone) throws LiveFailed {
    this.consumer = brokers.consumer(BYTES_AT_ONCE);
    this.timestamps = new Timestamps(zone);
  }

  /** As of the messages that end at these offsets, in milliseconds as of {@link Times}. */
  OptionalLong upTo(Map<TopicPartition, Long> ends, long clock) {
    if (ends.entrySet().stream().anyMatch(end -> end.getValue() < seenOf(end.getKey()))) {
      seen.clear(); // It is another topic of this name.
      newest = Long.MIN_VALUE;
    }
    Map<TopicPartition, Long> grown = new HashMap<>(ends);
    grown.entrySet().removeIf(end -> end.getValue() <= seenOf(end.getKey()));
    if (!grown.isEmpty()) {
      consumer.assign(grown.keySet());
      grown.forEach(
          (partition, end) -> consumer.seek(partition, Math.max(end - LAST, seenOf(partition))));
      HashSet<TopicPartition> open = new HashSet<>(grown.keySet());
      for (int polls = 0; polls < LAST && !open.isEmpty(); polls++) {
        consumer.poll(PATIENCE).forEach(message -> take(message, clock));
        open.removeIf(partition -> consumer.position(partition) >= grown.get(partition));
      }
      seen.putAll(ends);
    }
    return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  void close() {
    consumer.close(Duration.ZERO);
  }

  private long seenOf(TopicPartition partition) {
    return seen.getOrDefault(partition, 0L);
  }

  /** What is far ahead of the clock is rejected by the pipeline, too. */
  private void take(ConsumerRecord<byte[], byte[]> message, long clock) {
    if (message.value() == null) {
      return;
    }
    try {
      long time =
          timestamps.millis(Fields.of(new String(message.value(), UTF_8)).text("timestamp"));
      if (time <= clock + DAY) {
        newest = Math.max(newest, time);
      }
    } catch (BrokenRow | DateTimeException e) {
      // No legal transaction: the pipeline makes a dead letter of it.
    }
  }
}

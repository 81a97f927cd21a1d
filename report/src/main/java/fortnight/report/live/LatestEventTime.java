package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.time.EventTimeRange;
import fortnight.common.time.LocalDateTimes;
import fortnight.report.rows.JsonRow;
import fortnight.report.rows.JsonRow.MalformedRowException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The latest event time of the input topic, from the last {@link #LAST_MESSAGES} messages of each
 * partition. Times are local to the business, in milliseconds.
 */
final class LatestEventTime implements AutoCloseable {
  private static final int MAX_FETCH_BYTES = 256 << 10;
  private static final int LAST_MESSAGES = 20;
  private static final int MAX_POLLS = 20;
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(300);

  private final Consumer<byte[], byte[]> consumer;
  private final LocalDateTimes localTimes;
  private final Map<TopicPartition, Long> readUpTo = new HashMap<>();
  private long latest = Long.MIN_VALUE;

  LatestEventTime(BrokerClients clients, ZoneId timeZone) {
    this.consumer = clients.consumer(MAX_FETCH_BYTES);
    this.localTimes = LocalDateTimes.in(timeZone);
  }

  /** Reads the new messages before these end offsets; empty if there was no valid one so far. */
  OptionalLong upTo(Map<TopicPartition, Long> ends, long clock) {
    if (ends.entrySet().stream().anyMatch(end -> end.getValue() < readUpTo(end.getKey()))) {
      readUpTo.clear(); // The topic was deleted and created again.
      latest = Long.MIN_VALUE;
    }
    Map<TopicPartition, Long> grown = new HashMap<>(ends);
    grown.entrySet().removeIf(end -> end.getValue() <= readUpTo(end.getKey()));
    if (!grown.isEmpty()) {
      consumer.assign(grown.keySet());
      grown.forEach(
          (partition, end) ->
              consumer.seek(partition, Math.max(end - LAST_MESSAGES, readUpTo(partition))));
      Set<TopicPartition> unfinished = new HashSet<>(grown.keySet());
      for (int polls = 0; polls < MAX_POLLS && !unfinished.isEmpty(); polls++) {
        consumer.poll(POLL_TIMEOUT).forEach(message -> read(message, clock));
        unfinished.removeIf(partition -> consumer.position(partition) >= grown.get(partition));
      }
      readUpTo.putAll(ends);
    }
    return latest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(latest);
  }

  private long readUpTo(TopicPartition partition) {
    return readUpTo.getOrDefault(partition, 0L);
  }

  /** Ignores what the pipeline rejects: malformed messages, and times far in the future. */
  private void read(ConsumerRecord<byte[], byte[]> message, long clock) {
    if (message.value() == null) {
      return;
    }
    try {
      JsonRow transaction = JsonRow.parse(new String(message.value(), UTF_8));
      long time = millis(transaction.text("timestamp"), localTimes);
      if (time <= clock + EventTimeRange.MILLIS_PER_DAY) {
        latest = Math.max(latest, time);
      }
    } catch (MalformedRowException | DateTimeException e) {
      // The pipeline writes a dead letter.
    }
  }

  /**
   * The event time of a timestamp, as in the pipeline.
   *
   * @throws DateTimeException if the pipeline rejects it
   */
  static long millis(String timestamp, LocalDateTimes localTimes) {
    long millis = localTimes.parse(timestamp);
    if (!EventTimeRange.contains(millis)) {
      throw new DateTimeException("out of range");
    }
    return millis;
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}

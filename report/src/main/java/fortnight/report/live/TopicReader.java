package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Reads the result topics from the beginning, and then continuously, into the state. */
final class TopicReader implements Runnable {
  static final int MAX_FETCH_BYTES = 4 << 20;

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

  /**
   * The partitions to read.
   *
   * @param restarts when it changes, all partitions are read from the beginning
   */
  private record Target(Set<TopicPartition> partitions, int restarts) {}

  private final LiveState state;
  private final Consumer<byte[], byte[]> consumer;
  private final ResultTopics topics;
  private volatile Target target = new Target(Set.of(), 0);
  private volatile Throwable failure;

  /** The end offsets at the start, up to which the state is incomplete. */
  private Map<TopicPartition, Long> ends = Map.of();

  /** The titles of results, by the names of their topics. */
  private final Map<String, String> titles = new HashMap<>();

  /** The offset after the last message of each partition that is in the state. */
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  private int restarts;

  /** A reader of result topics, without partitions so far. */
  TopicReader(LiveState state, Consumer<byte[], byte[]> consumer, ResultTopics topics) {
    this.state = state;
    this.consumer = consumer;
    this.topics = topics;
  }

  /** The title of the result in a topic; empty for another topic. */
  Optional<String> titleOf(String topic) {
    return topics.titleOf(topic);
  }

  /** The failure that currently prevents reading. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Sets the partitions to read; new ones are read from the beginning. */
  void read(Set<TopicPartition> partitions) {
    target = new Target(partitions, target.restarts());
  }

  /** Sets the partitions, clears the state, and reads all from the beginning. */
  void restart(Set<TopicPartition> partitions) {
    target = new Target(partitions, target.restarts() + 1);
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        poll();
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() throws InterruptedException {
    try {
      assign();
      if (failure != null) {
        rewind();
      }
      if (consumer.assignment().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(POLL_TIMEOUT.toMillis());
        return;
      }
      consumer.poll(POLL_TIMEOUT).forEach(this::add);
      checkComplete();
      failure = null;
    } catch (InterruptedException | InterruptException e) {
      throw e;
    } catch (Throwable e) {
      // Must not end the thread. TopicMonitor reports it to the user.
      failure = e;
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** After a failure the consumer's position can be ahead of the messages in the state. */
  private void rewind() {
    for (TopicPartition partition : consumer.assignment()) {
      Long offset = positions.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  private void assign() {
    Target current = target;
    boolean isRestart = current.restarts() != restarts;
    if (isRestart) {
      state.clear();
    }
    if (isRestart || !consumer.assignment().containsAll(current.partitions())) {
      assign(current.partitions(), isRestart ? Set.of() : consumer.assignment());
      restarts = current.restarts();
    }
  }

  /** Calls that can fail come first, so that after a failure the assignment is repeated. */
  private void assign(Set<TopicPartition> partitions, Set<TopicPartition> known) {
    Set<TopicPartition> added = new HashSet<>(partitions);
    added.removeAll(known);
    Map<TopicPartition, Long> newEnds =
        state.isComplete() ? Map.of() : consumer.endOffsets(partitions);
    Map<TopicPartition, Long> kept = new HashMap<>();
    for (TopicPartition partition : partitions) {
      if (known.contains(partition)) {
        kept.put(partition, consumer.position(partition));
      }
    }
    ends = newEnds;
    positions.keySet().removeAll(added);
    consumer.assign(partitions);
    consumer.seekToBeginning(added);
    kept.forEach(consumer::seek);
  }

  private void add(ConsumerRecord<byte[], byte[]> message) {
    if (message.value() != null) {
      String place = "Partition " + message.partition() + ", offset " + message.offset();
      byte[] key =
          message.key() == null
              ? (message.partition() + "/" + message.offset()).getBytes(UTF_8)
              : message.key();
      String text = new String(message.value(), UTF_8);
      String title = titles.computeIfAbsent(message.topic(), topic -> titleOf(topic).orElseThrow());
      state.add(title, place, key, text);
    }
    positions.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
  }

  private void checkComplete() {
    if (!state.isComplete() && consumer.assignment().stream().allMatch(this::isReadToEnd)) {
      state.complete();
    }
  }

  private boolean isReadToEnd(TopicPartition partition) {
    Long end = ends.get(partition);
    return end != null && consumer.position(partition) >= end;
  }
}

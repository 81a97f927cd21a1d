package fortnight.report;

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

/** Reads the topics of results from their beginning and for ever. */
final class TopicReader implements Runnable {
  private static final int BYTES_AT_ONCE = 4 << 20;
  private static final Duration POLL = Duration.ofMillis(100);

  /** These partitions; with another number of beginnings all of them from their beginning. */
  private record Wanted(Set<TopicPartition> partitions, int beginnings) {}

  private final LiveState state;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, String> titles;
  private volatile Wanted wanted = new Wanted(Set.of(), 0);
  private volatile Throwable failure;
  private Map<TopicPartition, Long> ends = Map.of();

  /** Of each partition the offset behind the last message that was shown. */
  private final Map<TopicPartition, Long> taken = new HashMap<>();

  private int beginnings;

  /** Titles by topic. */
  TopicReader(LiveState state, Brokers brokers, Map<String, String> titles) throws LiveFailed {
    this(state, brokers.consumer(BYTES_AT_ONCE), titles);
  }

  TopicReader(LiveState state, Consumer<byte[], byte[]> consumer, Map<String, String> titles) {
    this.state = state;
    this.titles = titles;
    this.consumer = consumer;
  }

  /** Why nothing is read at present. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** From now on these are read; those that are new from their beginning. */
  void read(Set<TopicPartition> partitions) {
    wanted = new Wanted(partitions, wanted.beginnings());
  }

  /** The same, and all that was read is forgotten, for it was of other topics of these names. */
  void readAnew(Set<TopicPartition> partitions) {
    wanted = new Wanted(partitions, wanted.beginnings() + 1);
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        step();
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() throws InterruptedException {
    try {
      assign();
      if (failure != null) {
        rewind();
      }
      if (consumer.assignment().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        return;
      }
      consumer.poll(POLL).forEach(this::take);
      tellWhenComplete();
      failure = null;
    } catch (InterruptedException | InterruptException e) {
      throw e;
    } catch (Throwable e) {
      // Thrown on, it would end this thread. StreamWatch reports it to the user.
      failure = e;
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** A failure may have come between the consumer's position and the messages up to it. */
  private void rewind() {
    for (TopicPartition partition : consumer.assignment()) {
      Long offset = taken.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  private void assign() {
    Wanted now = wanted;
    boolean isAnew = now.beginnings() != beginnings;
    if (isAnew) {
      state.beginAnew();
    }
    if (isAnew || !consumer.assignment().containsAll(now.partitions())) {
      assign(now.partitions(), isAnew ? Set.of() : consumer.assignment());
      beginnings = now.beginnings();
    }
  }

  /** What may fail comes first, so that after a failure it is all done again. */
  private void assign(Set<TopicPartition> now, Set<TopicPartition> known) {
    Set<TopicPartition> added = new HashSet<>(now);
    added.removeAll(known);
    Map<TopicPartition, Long> nowEnds = state.isComplete() ? Map.of() : consumer.endOffsets(now);
    Map<TopicPartition, Long> positions = new HashMap<>();
    Set<TopicPartition> kept = new HashSet<>(now);
    kept.retainAll(known);
    kept.forEach(partition -> positions.put(partition, consumer.position(partition)));
    ends = nowEnds;
    taken.keySet().removeAll(added);
    consumer.assign(now);
    consumer.seekToBeginning(added);
    positions.forEach(consumer::seek);
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    if (message.value() != null) {
      String place = "Partition " + message.partition() + ", offset " + message.offset();
      byte[] key =
          message.key() == null
              ? (message.partition() + "/" + message.offset()).getBytes(UTF_8)
              : message.key();
      String text = new String(message.value(), UTF_8);
      state.add(titles.get(message.topic()), place, key, text);
    }
    taken.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
  }

  private void tellWhenComplete() {
    if (!state.isComplete() && consumer.assignment().stream().allMatch(this::isReadToItsEnd)) {
      state.complete();
    }
  }

  private boolean isReadToItsEnd(TopicPartition partition) {
    Long end = ends.get(partition);
    return end != null && consumer.position(partition) >= end;
  }
}

package fortnight.common.kafka;

import fortnight.common.cli.CommandException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The messages of a topic up to its end at one time, which can be read any number of times. */
public final class TopicSnapshot implements AutoCloseable {
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaClients clients;
  private final TopicAddress topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  private TopicSnapshot(
      KafkaClients clients,
      TopicAddress topic,
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends) {
    this.clients = clients;
    this.topic = topic;
    this.consumer = consumer;
    this.ends = ends;
  }

  /**
   * Returns the messages up to the current end of a topic.
   *
   * @throws CommandException if the brokers do not provide it
   */
  public static TopicSnapshot of(KafkaClients clients, TopicAddress topic) {
    Consumer<byte[], byte[]> consumer = clients.strictConsumer(topic.brokers());
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(topic.name(), partition.partition()))
              .toList();
      return new TopicSnapshot(clients, topic, consumer, consumer.endOffsets(partitions));
    } catch (KafkaException e) {
      consumer.close(CLOSE_TIMEOUT);
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /**
   * Reads the messages from the beginning, until the receiver returns false.
   *
   * @throws CommandException if the messages cannot be read
   */
  public void forEachWhile(Predicate<ConsumerRecord<byte[], byte[]>> receiver) {
    try {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
      while (!isAtEnd()) {
        ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL_TIMEOUT);
        if (!messages.isEmpty()) {
          deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        } else if (System.nanoTime() > deadline) {
          throw CommandException.failed(
              "%s: received no messages for %d s; check the brokers and start again"
                  .formatted(topic, READ_TIMEOUT.toSeconds()));
        }
        for (ConsumerRecord<byte[], byte[]> message : messages) {
          if (message.offset() < endOf(message) && !receiver.test(message)) {
            return;
          }
        }
      }
    } catch (KafkaException e) {
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /** Compares positions: the last offsets of a compacted topic can be without a message. */
  private boolean isAtEnd() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private long endOf(ConsumerRecord<byte[], byte[]> message) {
    return ends.get(new TopicPartition(message.topic(), message.partition()));
  }

  @Override
  public void close() {
    consumer.close(CLOSE_TIMEOUT);
  }
}

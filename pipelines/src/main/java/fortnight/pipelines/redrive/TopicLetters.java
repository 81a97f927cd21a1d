package fortnight.pipelines.redrive;

import fortnight.common.cli.CommandException;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;

/** The messages of a topic, from its beginning to where it ended when it was opened. */
final class TopicLetters implements StoredLetters {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaClients clients;
  private final TopicAddress topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  private TopicLetters(
      KafkaClients clients,
      TopicAddress topic,
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends) {
    this.clients = clients;
    this.topic = topic;
    this.consumer = consumer;
    this.ends = ends;
  }

  static TopicLetters open(KafkaClients clients, TopicAddress topic) {
    Consumer<byte[], byte[]> consumer =
        clients.consumer(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topic.brokers(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none"));
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(topic.name(), partition.partition()))
              .toList();
      return new TopicLetters(clients, topic, consumer, consumer.endOffsets(partitions));
    } catch (KafkaException e) {
      close(consumer);
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  @Override
  public void each(Receiver receiver) {
    try {
      Collection<TopicPartition> partitions = ends.keySet();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isAtEnd()) {
        ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
        if (!messages.isEmpty()) {
          deadline = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() > deadline) {
          throw CommandException.failed(
              topic + ": gave nothing for " + PATIENCE.toSeconds() + " s");
        }
        for (ConsumerRecord<byte[], byte[]> message : messages) {
          if (message.offset() < endOf(message)) {
            receiver.receive(message.value(), Instant.ofEpochMilli(message.timestamp()));
          }
        }
      }
    } catch (KafkaException e) {
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /** By position: the last offsets of a compacted or transactional topic may hold no message. */
  private boolean isAtEnd() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private long endOf(ConsumerRecord<byte[], byte[]> message) {
    return ends.get(new TopicPartition(message.topic(), message.partition()));
  }

  @Override
  public void close() {
    close(consumer);
  }

  private static void close(Consumer<byte[], byte[]> consumer) {
    consumer.close(Duration.ofSeconds(1));
  }
}

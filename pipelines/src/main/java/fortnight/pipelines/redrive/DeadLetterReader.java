package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/** Reads the stored dead letters of a file or a topic, any number of times. */
interface DeadLetterReader extends AutoCloseable {
  /** Receives a message, which need not be a dead letter, and its Kafka timestamp. */
  @FunctionalInterface
  interface Receiver {
    void receive(byte @Nullable [] message, Instant timestamp);
  }

  /** Reads all messages from the beginning. */
  void forEach(Receiver receiver);

  @Override
  default void close() {}

  /** Reads the lines of a {@code dead-letters.jsonl}, except blank ones. They have no timestamp. */
  static DeadLetterReader ofFile(String file) {
    return receiver -> {
      // Preserves the bytes of each line, because each byte is a character in this charset.
      try (BufferedReader lines = Files.newBufferedReader(Path.of(file), ISO_8859_1)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.isBlank()) {
            receiver.receive(line.getBytes(ISO_8859_1), Instant.EPOCH);
          }
        }
      } catch (IOException e) {
        throw CommandException.failed("cannot read " + file + ": " + ErrorMessages.of(e), e);
      }
    };
  }

  /** Reads the messages of a topic up to its current end. */
  static DeadLetterReader ofTopic(KafkaClients clients, TopicAddress topic) {
    Consumer<byte[], byte[]> consumer = clients.strictConsumer(topic.brokers());
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(topic.name(), partition.partition()))
              .toList();
      return new OfTopic(clients, topic, consumer, consumer.endOffsets(partitions));
    } catch (KafkaException e) {
      consumer.close(OfTopic.CLOSE_TIMEOUT);
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /** Reads the messages of a topic up to these end offsets. */
  record OfTopic(
      KafkaClients clients,
      TopicAddress topic,
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends)
      implements DeadLetterReader {
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    @Override
    public void forEach(Receiver receiver) {
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
            if (message.offset() < endOf(message)) {
              receiver.receive(message.value(), Instant.ofEpochMilli(message.timestamp()));
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
}

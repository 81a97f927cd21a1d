package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicSnapshot;
import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.Decompression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
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

  /**
   * Reads the lines of a {@code dead-letters.jsonl}, which may be compressed, except blank ones.
   * They have no timestamp.
   */
  static DeadLetterReader ofFile(String file) {
    return receiver -> {
      // Preserves the bytes of each line, because each byte is a character in this charset.
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(open(file), ISO_8859_1))) {
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

  private static InputStream open(String file) throws IOException {
    InputStream stored = Files.newInputStream(Path.of(file));
    try {
      return Decompression.decompress(stored, ContentFormat.PLAIN, EnumSet.of(ContentFormat.PLAIN));
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /** Reads the messages of a topic up to its current end. */
  static DeadLetterReader ofTopic(KafkaClients clients, TopicAddress topic) {
    return new OfTopic(TopicSnapshot.of(clients, topic));
  }

  /** Reads the messages of a topic up to its end at one time. */
  record OfTopic(TopicSnapshot topic) implements DeadLetterReader {
    @Override
    public void forEach(Receiver receiver) {
      topic.forEachWhile(
          message -> {
            receiver.receive(message.value(), Instant.ofEpochMilli(message.timestamp()));
            return true;
          });
    }

    @Override
    public void close() {
      topic.close();
    }
  }
}

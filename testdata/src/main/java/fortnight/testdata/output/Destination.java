package fortnight.testdata.output;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.testdata.delivery.Delivery;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Writes records to a file, to standard output or to a topic. */
public interface Destination extends Delivery.Receiver, Closeable {
  /** The value of {@code --output} for standard output. */
  String STANDARD_OUTPUT = "-";

  /**
   * Opens a destination.
   *
   * @param output a path, {@code -}, or the address of a topic
   * @param kafkaConfig file of properties of Kafka clients, or null
   * @param partitions number of partitions of the topic, if it does not exist
   * @param header the first line of a file or of standard output; empty for none
   */
  static Destination open(String output, Path kafkaConfig, int partitions, byte[] header)
      throws IOException {
    if (output.equals(STANDARD_OUTPUT)) {
      return LinesDestination.standardOutput(header);
    }
    if (!TopicAddress.isTopic(output)) {
      return LinesDestination.file(Path.of(output), header);
    }
    KafkaClients clients = new KafkaClients(kafkaConfig == null ? null : kafkaConfig.toString());
    return new KafkaDestination(TopicAddress.parse(output), clients, partitions);
  }

  /** Makes the records so far visible to readers. */
  void flush() throws IOException;

  /** Writes the rest. Called after the last record. */
  void finish() throws IOException;

  /** Gives a finished file its final name. */
  void complete() throws IOException;

  /** Releases all resources; a file that was not completed is deleted. */
  @Override
  void close() throws IOException;
}

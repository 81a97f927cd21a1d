package fortnight.testdata.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.SyncProducer;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import fortnight.testdata.delivery.Delivery;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes records as messages of a topic. The key is the customer id, so that the records of a
 * customer stay in order. The messages have no timestamps of their own, because the broker's
 * retention would delete old ones at once.
 */
final class KafkaDestination implements Destination {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final String topic;
  private final SyncProducer producer;

  /** Creates the topic with this number of partitions if it does not exist. */
  KafkaDestination(TopicAddress topic, KafkaClients clients, int partitions) {
    this.topic = topic.name();
    TopicChecks.createIfAbsent(clients, topic, partitions);
    producer = new SyncProducer(clients, topic, TIMEOUT);
  }

  @Override
  public void receive(Delivery delivery, byte[] buffer, int length) {
    byte[] key = Long.toString(delivery.purchase().customer()).getBytes(US_ASCII);
    producer.send(new ProducerRecord<>(topic, key, Arrays.copyOf(buffer, length)));
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public void finish() {
    producer.flush();
  }

  @Override
  public void complete() {
    // messages are visible as soon as they are acknowledged
  }

  @Override
  public void close() {
    producer.close();
  }
}

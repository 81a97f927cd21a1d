package fortnight.testdata;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records as messages of a topic, the customer's id as key, so that a customer's records stay in
 * order. The messages' own timestamps are the broker's business: they decide what it deletes, and a
 * replay of last year must not be deleted at once.
 */
final class KafkaDestination implements Destination {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConfig config;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Finds the topic, or makes it with so many partitions. */
  KafkaDestination(KafkaConfig config, String topic, int partitions) throws IOException {
    this.config = config;
    this.topic = topic;
    new KafkaTopics(config).ensure(topic, partitions);
    try {
      producer =
          new KafkaProducer<>(
              config.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw config.unusable(e);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
  public void receive(Delivery delivery, byte[] buffer, int length) throws IOException {
    byte[] key = Long.toString(delivery.purchase().customer).getBytes(US_ASCII);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, key, Arrays.copyOf(buffer, length));
    try {
      producer.send(
          message,
          (metadata, e) -> {
            if (e != null) {
              failure.compareAndSet(null, e);
            }
          });
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    throwFailure();
  }

  @Override
  public void flush() throws IOException {
    try {
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    throwFailure();
  }

  @Override
  public void finish() throws IOException {
    flush();
  }

  @Override
  public void complete() {
    // a message has its place as soon as it is sent
  }

  @Override
  public void close() throws IOException {
    try {
      producer.close(failure.get() == null ? PATIENCE : Duration.ZERO);
    } catch (KafkaException e) {
      throw config.failure("the connection could not be closed", e);
    }
  }

  private void throwFailure() throws IOException {
    Exception e = failure.get();
    if (e != null) {
      throw config.failure("topic " + topic + " takes no more", e);
    }
  }
}

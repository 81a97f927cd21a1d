package fortnight.testdata;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records as messages of a topic, the customer's id as key, so that a customer's records stay in
 * order. The messages' own timestamps are the broker's business: they decide what it deletes, and a
 * replay of last year must not be deleted at once.
 */
final class KafkaDestination implements Destination {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST_MESSAGE = 4 << 20;

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Finds the topic, or makes it with so many partitions. */
  KafkaDestination(KafkaTopic address, int partitions) throws IOException {
    String brokers = address.brokers();
    topic = address.topic();
    makeTopic(brokers, topic, partitions);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 17,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST_MESSAGE),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private static void makeTopic(String brokers, String topic, int partitions) throws IOException {
    int millis = (int) PATIENCE.toMillis();
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = Admin.create(settings)) {
      NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
      admin.createTopics(Set.of(wanted)).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking for topic " + topic, e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IOException(
            "%s: no topic %s there and none could be made (%s). Is a broker running there?"
                .formatted(brokers, topic, e.getCause().getMessage()),
            e);
      }
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
  public void receive(Delivery delivery, byte[] buffer, int length) throws IOException {
    byte[] key = Long.toString(delivery.purchase().customer).getBytes(US_ASCII);
    producer.send(
        new ProducerRecord<>(topic, key, Arrays.copyOf(buffer, length)),
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
    throwFailure();
  }

  @Override
  public void flush() throws IOException {
    producer.flush();
    throwFailure();
  }

  @Override
  public void complete() throws IOException {
    flush();
  }

  @Override
  public void close() {
    producer.close(failure.get() == null ? PATIENCE : Duration.ZERO);
  }

  private void throwFailure() throws IOException {
    Exception e = failure.get();
    if (e != null) {
      throw new IOException("topic " + topic + " took no more: " + e.getMessage(), e);
    }
  }
}

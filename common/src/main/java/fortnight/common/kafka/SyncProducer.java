package fortnight.common.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends messages to a topic. After {@link #flush} the brokers have stored all of them; the first
 * message that they do not store fails the next call.
 */
public final class SyncProducer implements AutoCloseable {
  /** Settings of producers that lose, repeat and reorder no message. */
  public static final Map<String, Object> LOSSLESS =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          // A broker accepts any sequence number as the first of a new producer. With two requests
          // in flight the second one could be stored first.
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          1,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true,
          ProducerConfig.RETRIES_CONFIG,
          Integer.MAX_VALUE,
          ProducerConfig.LINGER_MS_CONFIG,
          20,
          ProducerConfig.BATCH_SIZE_CONFIG,
          1 << 17,
          // A dead letter contains a whole record, which JSON's escapes make larger.
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          8 << 20,
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4");

  private final TopicAddress topic;
  private final KafkaClients clients;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * Creates the producer; connects with the first message.
   *
   * @param timeout after which a message that the brokers do not acknowledge fails
   */
  public SyncProducer(KafkaClients clients, TopicAddress topic, Duration timeout) {
    this.clients = clients;
    this.topic = topic;
    int millis = Math.toIntExact(timeout.toMillis());
    Map<String, Object> settings = new HashMap<>(LOSSLESS);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.brokers());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
    try {
      producer = clients.producer(settings);
    } catch (KafkaException e) {
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /** Sends a message without waiting for it. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
  public void send(ProducerRecord<byte[], byte[]> message) {
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

  /** Waits until the brokers have stored all messages. */
  public void flush() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    throwFailure();
  }

  private void throwFailure() {
    Exception e = failure.get();
    if (e != null) {
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /** Discards messages that are not flushed. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  /**
   * A producer whose {@code close} does not wait without end.
   *
   * <p>KafkaIO has sent all messages of a bundle before the bundle is complete. Messages that are
   * not sent at the end belong to a failed bundle, which is repeated. A message that is too large
   * for the broker would be split and sent again forever, and the job could not stop.
   */
  static final class PromptProducer extends KafkaProducer<byte[], byte[]> {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    PromptProducer(Map<String, Object> settings) {
      super(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
      close(TIMEOUT);
    }
  }
}

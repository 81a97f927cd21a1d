package fortnight.pipelines;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Sends messages to a topic, and knows after each {@link #settle} that the brokers have all. */
final class SureProducer implements AutoCloseable {
  private static final Map<String, Object> LOSE_NOTHING =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          1,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          60_000,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
          15_000,
          ProducerConfig.LINGER_MS_CONFIG,
          20,
          // The largest record, and what Kafka puts around it.
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          8 << 20,
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4");

  private final KafkaClients clients;
  private final KafkaAddress topic;
  private final Producer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> unsettled = new ArrayList<>();

  SureProducer(KafkaClients clients, KafkaAddress topic) {
    this.clients = clients;
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>(LOSE_NOTHING);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.brokers());
    producer = clients.producer(settings);
  }

  void send(ProducerRecord<byte[], byte[]> message) throws RunFailed {
    try {
      unsettled.add(producer.send(message));
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  void settle() throws RunFailed {
    try {
      producer.flush();
      for (Future<RecordMetadata> sent : unsettled) {
        sent.get();
      }
      unsettled.clear();
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      throw new RunFailed("interrupted while sending to " + topic);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  private RunFailed failed(Throwable cause) {
    return new RunFailed(KafkaFailures.sentence(topic, clients, cause));
  }

  /** What is not settled then is given up. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}

package fortnight.report.live;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Creates the Kafka clients of a live page, and turns their failures into sentences.
 *
 * @param address of the topics, for messages
 */
record BrokerClients(TopicAddress address, KafkaClients clients) {
  private static final int TIMEOUT_MILLIS = 8_000;
  private static final int MAX_FETCH_WAIT_MILLIS = 100;

  Admin admin() {
    return clients.admin(withTimeouts(Map.of()));
  }

  /** A consumer without a consumer group, which commits no offsets. */
  Consumer<byte[], byte[]> consumer(int maxFetchBytes) {
    return clients.consumer(
        withTimeouts(
            Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, maxFetchBytes,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, maxFetchBytes,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MAX_FETCH_WAIT_MILLIS)));
  }

  /**
   * Calls a function of the clients.
   *
   * @throws CommandException if it fails with an exception of Kafka
   */
  <T> T checked(Supplier<T> call) {
    try {
      return call.get();
    } catch (KafkaException e) {
      throw KafkaErrors.failure(address, clients, e);
    }
  }

  /** One sentence about a failure, which quotes no setting. */
  String sentence(Throwable failure) {
    return failure instanceof KafkaException || failure instanceof CommandException
        ? KafkaErrors.failure(address, clients, failure).getMessage()
        : ErrorMessages.ofUnexpected(failure);
  }

  private Map<String, Object> withTimeouts(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address.brokers());
    all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    return all;
  }
}

package fortnight.pipelines;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Makes clients with the settings of {@code --kafkaConfig}. Of that file only the path is kept, and
 * travels: every machine reads it anew, so its secrets are in no graph, no log and no checkpoint.
 *
 * @param configFile null: no settings of the user's
 */
record KafkaClients(@Nullable String configFile) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Records of aborted transactions do not count. */
  private static final String ONLY_COMMITTED = "read_committed";

  /**
   * Where the program sets these, the file cannot: flags say which brokers, no record may be lost
   * or skipped, and the preflight has an end. A file that is shared with other programs often has
   * some.
   */
  private static final Set<String> OURS =
      Set.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
          CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          ProducerConfig.RETRIES_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  /** A consumer of committed records. */
  Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    return make(
        all -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        onlyCommitted(settings));
  }

  /** A consumer of committed records that reports its progress and detects lost offsets. */
  Consumer<byte[], byte[]> tellingConsumer(
      Map<String, Object> settings, Function<Map<String, Object>, TellingConsumer> client) {
    return make(client, onlyCommitted(settings));
  }

  /**
   * Every consumer of this program is made with this setting. KafkaIO gives another one to the
   * consumer that it asks for end offsets, which reads no records.
   */
  private static Map<String, Object> onlyCommitted(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, ONLY_COMMITTED);
    return all;
  }

  Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return make(PromptProducer::new, settings);
  }

  Admin admin(Map<String, Object> settings) {
    return make(Admin::create, settings);
  }

  /** A setting of the user's, if there is one. */
  Optional<String> setting(String name) {
    return Optional.ofNullable(usersSettings().get(name));
  }

  /** Where the user's settings stand, as he wrote it. */
  String place() {
    return configFile == null ? "--kafkaConfig" : "--kafkaConfig=" + configFile;
  }

  /**
   * Looks at the user's settings, for readers and writers, without any connection.
   *
   * @throws KafkaUnusable when one of them is wrong
   */
  void checkSettings() {
    if (configFile == null) {
      return;
    }
    KafkaConfigFile.misspelt(configFile)
        .ifPresent(
            name -> {
              throw new KafkaUnusable(
                  place() + ": a setting in it is none of Kafka's; did you mean " + name + "?");
            });
    Map<String, Object> reading = new HashMap<>();
    reading.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    reading.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    ConsumerConfig unusedReading = make(ConsumerConfig::new, reading);
    Map<String, Object> writing = new HashMap<>(WriteTopics.LOSE_NOTHING);
    writing.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    writing.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    ProducerConfig unusedWriting = make(ProducerConfig::new, writing);
  }

  /**
   * Looks for who can log in as the user's settings want, once a client has brought those along.
   *
   * @throws KafkaUnusable when nobody here can
   */
  void checkMechanism() {
    if (!SaslMechanisms.isKnown(this)) {
      throw new KafkaUnusable(
          place() + ": no login module here knows the value of " + SaslConfigs.SASL_MECHANISM);
    }
  }

  private <T> T make(Function<Map<String, Object>, T> client, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(usersSettings());
    all.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG); // Rows are upserts, and in no transaction.
    for (String name : OURS) {
      all.computeIfPresent(name, (same, value) -> settings.getOrDefault(name, value));
    }
    try {
      return client.apply(all);
    } catch (KafkaException e) {
      if (configFile == null) {
        throw e;
      }
      throw new KafkaUnusable(KafkaConfigFile.refusal(configFile, e));
    }
  }

  private Map<String, String> usersSettings() {
    return configFile == null ? Map.of() : KafkaConfigFile.read(configFile);
  }
}

package fortnight.common.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.cli.PropertiesFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Creates Kafka clients with the settings of {@code --kafkaConfig}. Only the path of that file is
 * serialized. Each machine reads the file itself, so that no secret is in a graph, a log or a
 * checkpoint. No message quotes a value of the file.
 *
 * @param configFile properties of Kafka clients; null if there is none
 */
public record KafkaClients(String configFile) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * The program's value of these settings takes precedence over the file's, because flags set the
   * brokers, no record may be lost or skipped, and checks have a time limit. A file that is shared
   * with other programs often contains some of them.
   */
  private static final Set<String> PROGRAM_SETTINGS =
      Set.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
          CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
          ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          ProducerConfig.RETRIES_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  /**
   * Creates a consumer of committed records that commits no offsets, and fails if an offset is out
   * of range.
   */
  public Consumer<byte[], byte[]> strictConsumer(String brokers) {
    return consumer(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            brokers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none"));
  }

  /** Creates a consumer of committed records. */
  public Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    return consumer(
        settings,
        all -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * Creates a consumer of committed records of any class. KafkaIO sets another isolation level for
   * the consumer of end offsets, which reads no records.
   */
  public <T> T consumer(
      Map<String, Object> settings, Function<Map<String, Object>, T> newConsumer) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return create(newConsumer, all);
  }

  /** Creates a producer whose {@code close} waits a few seconds at most. */
  public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return create(SyncProducer.PromptProducer::new, settings);
  }

  public Admin admin(Map<String, Object> settings) {
    return create(Admin::create, settings);
  }

  /** The flag of the file, for messages. */
  public String flag() {
    return configFile == null ? "--kafkaConfig" : "--kafkaConfig=" + configFile;
  }

  /**
   * Checks the settings of the file for consumers and producers, without a connection.
   *
   * @throws CommandException if one of them is wrong
   */
  public void check() {
    if (configFile != null) {
      ConsumerConfig unusedConsumer =
          create(
              ConsumerConfig::new,
              new HashMap<>(
                  Map.of(
                      ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                      ByteArrayDeserializer.class,
                      ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                      ByteArrayDeserializer.class)));
      Map<String, Object> producer = new HashMap<>(SyncProducer.LOSSLESS);
      producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      ProducerConfig unusedProducer = create(ProducerConfig::new, producer);
    }
  }

  /**
   * Checks that a file contains properties; returns its path.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static String checkedFile(String path) {
    if (!Files.isRegularFile(Path.of(path)) || !Files.isReadable(Path.of(path))) {
      throw new IllegalArgumentException("not a readable file");
    }
    try {
      load(path);
      return path;
    } catch (IOException e) {
      throw new IllegalArgumentException(ErrorMessages.of(e), e);
    }
  }

  private <T> T create(Function<Map<String, Object>, T> newClient, Map<String, Object> settings) {
    Map<String, String> file = fileSettings();
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(file);
    all.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG); // Rows are upserts without transactions.
    for (String name : PROGRAM_SETTINGS) {
      all.computeIfPresent(name, (same, value) -> settings.getOrDefault(name, value));
    }
    try {
      return newClient.apply(all);
    } catch (KafkaException e) {
      if (configFile == null) {
        throw e;
      }
      // Without the cause, because Kafka's messages quote values.
      throw CommandException.failed(flag() + ": " + reason(file, e));
    }
  }

  private Map<String, String> fileSettings() {
    try {
      return configFile == null ? Map.of() : load(configFile);
    } catch (IOException e) {
      throw CommandException.failed(
          "cannot read %s, which each machine of the cluster needs: %s"
              .formatted(flag(), ErrorMessages.of(e)));
    }
  }

  private static Map<String, String> load(String path) throws IOException {
    try {
      return PropertiesFile.read(Path.of(path), ISO_8859_1); // As Kafka's own tools read it.
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "a \\u is not followed by four hexadecimal digits; write \\\\ for a backslash", e);
    }
  }

  /** Why Kafka rejects the settings; names settings of Kafka only. */
  private static String reason(Map<String, String> settings, KafkaException rejected) {
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = rejected; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof NoSuchFileException) {
        return "a key store or trust store in it does not exist";
      }
      if (cause instanceof UnrecoverableKeyException) {
        return "the password of a key store or trust store is wrong";
      }
      if (cause instanceof LoginException || message.toUpperCase(Locale.ROOT).contains("JAAS")) {
        return invalidValueOf(SaslConfigs.SASL_JAAS_CONFIG);
      }
      messages.append(message).append('\n');
    }
    String text = messages.toString();
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    return settings.keySet().stream()
        .filter(name -> known.contains(name) && text.contains(name))
        .max(Comparator.comparing(String::length))
        .map(KafkaClients::invalidValueOf)
        .orElse("Kafka creates no client with these settings");
  }

  private static String invalidValueOf(String setting) {
    return "the value of " + setting + " is not valid";
  }
}

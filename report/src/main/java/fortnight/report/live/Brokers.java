package fortnight.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes clients of the brokers, and says why there is none without quoting a setting. */
final class Brokers {
  private static final int PATIENCE_MILLIS = 8_000;

  private final String addresses;
  private final Optional<Path> configFile;

  Brokers(LiveRequest request) {
    this.addresses = request.results().brokers();
    this.configFile = request.kafkaConfig();
  }

  Admin admin() throws LiveFailed {
    return make(Admin::create, Map.of());
  }

  /** Reads whatever it is told to, each message as bytes, and leaves no trace at the brokers. */
  Consumer<byte[], byte[]> consumer(int bytesAtOnce) throws LiveFailed {
    return make(
        settings ->
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            "false",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            bytesAtOnce,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            bytesAtOnce,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            100));
  }

  /** What a user can do about it. */
  String sentence(Throwable failure) {
    if (failure instanceof LiveFailed) {
      return failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "this server is out of memory; start it with a larger heap, as java -Xmx1g";
    }
    String place = configFile.map(file -> "--kafkaConfig=" + file).orElse("--kafkaConfig");
    if (failure instanceof SslAuthenticationException) {
      return "there is no talking TLS to " + addresses + "; look at " + place;
    }
    if (failure instanceof AuthenticationException) {
      return addresses + " refuses the login; look at the user and the password in " + place;
    }
    if (failure instanceof AuthorizationException) {
      return addresses + " denies access; ask for the right to read, or look at " + place;
    }
    if (failure instanceof TimeoutException) {
      return "no broker answers at " + addresses + "; look at the address, and at " + place;
    }
    if (failure instanceof KafkaException) {
      return addresses
          + " fails with "
          + failure.getClass().getSimpleName()
          + "; look at the brokers' log, and at "
          + place;
    }
    return LiveFailed.unforeseen(failure).getMessage();
  }

  private <T> T make(Function<Map<String, Object>, T> client, Map<String, Object> ours)
      throws LiveFailed {
    Map<String, Object> settings = new HashMap<>(usersSettings());
    settings.putAll(ours);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, addresses);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    try {
      return client.apply(settings);
    } catch (KafkaException e) {
      throw new LiveFailed(refusal(e));
    }
  }

  private Map<String, Object> usersSettings() throws LiveFailed {
    Map<String, Object> settings = new HashMap<>();
    if (configFile.isPresent()) {
      Properties properties = new Properties();
      try (InputStream file = Files.newInputStream(configFile.get())) {
        properties.load(file);
      } catch (IOException | IllegalArgumentException e) {
        throw new LiveFailed("--kafkaConfig=" + configFile.get() + ": cannot be read");
      }
      properties.forEach((name, value) -> settings.put(name.toString(), value));
    }
    return settings;
  }

  /** Kafka's own message quotes the value, which may be a secret; the setting's name is none. */
  private String refusal(KafkaException refused) {
    StringBuilder said = new StringBuilder();
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      said.append(cause.getMessage()).append('\n');
    }
    String text = said.toString();
    if (text.contains(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      return "no broker answers at " + addresses + ": no such host, or no such port";
    }
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    return known.stream()
        .filter(text::contains)
        .max((a, b) -> a.length() - b.length())
        .map(name -> "Kafka cannot use the value of " + name)
        .orElse("Kafka makes no client with these settings")
        .transform(
            sentence ->
                configFile.map(file -> "--kafkaConfig=" + file + ": ").orElse("") + sentence);
  }
}

package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How clients reach the brokers: as the user's file says, and where it is silent, with the patience
 * of somebody who waits for a sentence. No value of the file is ever in a message: it may be a
 * password.
 */
final class KafkaConfig {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int PATIENCE_WITH_A_RECORD_MILLIS = 15_000;
  private static final int LARGEST_MESSAGE = 4 << 20;

  private final String brokers;
  private final Map<String, String> file;

  /**
   * A configuration.
   *
   * @param file properties of Kafka's clients, or null
   */
  KafkaConfig(String brokers, Path file) throws IOException {
    this.brokers = brokers;
    this.file = file == null ? Map.of() : read(file);
  }

  /** Reads it once, since it may be a pipe. */
  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new IOException("--kafkaConfig=" + file + ": is no file of properties in UTF-8", e);
    }
    Map<String, String> settings = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      settings.put(name, properties.getProperty(name));
    }
    return settings;
  }

  Map<String, Object> admin() {
    return with(
        Map.of(
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS));
  }

  Map<String, Object> producer() {
    return with(
        Map.of(
            // With more a broker may take the second message of a new producer as its first.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 17,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            LARGEST_MESSAGE,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE_WITH_A_RECORD_MILLIS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            PATIENCE_WITH_A_RECORD_MILLIS));
  }

  private Map<String, Object> with(Map<String, Object> ours) {
    Map<String, Object> settings = new HashMap<>(ours);
    settings.putAll(file);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return settings;
  }

  /** No client can be made. What Kafka says of a setting quotes it, so only names are told. */
  IOException unusable(RuntimeException e) {
    String reason = innermost(e);
    if (reason.startsWith("No resolvable bootstrap")) {
      return new IOException(address() + ": no such host is known, is a broker running there?", e);
    }
    if (file.isEmpty()) {
      return new IOException(address() + ": " + reason, e);
    }
    List<String> named = file.keySet().stream().filter(reason::contains).toList();
    return new IOException(
        "%s: no client can be made with --kafkaConfig; look at its %s"
            .formatted(address(), String.join(", ", named.isEmpty() ? file.keySet() : named)),
        e);
  }

  /** The brokers did not do what was asked of them. */
  IOException failure(String what, Throwable e) {
    String question = e instanceof TimeoutException ? ", is a broker running there?" : "";
    return new IOException(
        "%s: %s (%s)%s".formatted(address(), what, withoutValues(innermost(e)), question), e);
  }

  private String address() {
    return KafkaTopic.SCHEME + brokers;
  }

  private String withoutValues(String message) {
    String rest = message;
    List<String> longestFirst =
        file.values().stream()
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    for (String value : longestFirst) {
      rest = rest.replace(value, "***");
    }
    return rest;
  }

  private static String innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Objects.toString(cause.getMessage(), cause.getClass().getSimpleName());
  }
}

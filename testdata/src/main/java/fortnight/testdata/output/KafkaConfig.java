package fortnight.testdata.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.ErrorMessages;
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
 * Settings of Kafka clients: those of the user's file, and defaults with timeouts that are short
 * enough to report an unreachable broker soon. No message contains a value of the file, because it
 * may be a password.
 */
final class KafkaConfig {
  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
  private static final int DELIVERY_TIMEOUT_MILLIS = 15_000;
  private static final int MAX_MESSAGE_BYTES = 4 << 20;

  private final String brokers;
  private final Map<String, String> file;

  /**
   * Reads the settings.
   *
   * @param file properties of Kafka clients, or null
   */
  KafkaConfig(String brokers, Path file) throws IOException {
    this.brokers = brokers;
    this.file = file == null ? Map.of() : read(file);
  }

  /** Reads the file once, because it may be a pipe. */
  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new IOException("--kafkaConfig=" + file + ": not a properties file in UTF-8", e);
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
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS));
  }

  Map<String, Object> producer() {
    return with(
        Map.of(
            // With more, a broker may append the second message of a new producer first.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 17,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            MAX_MESSAGE_BYTES,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            DELIVERY_TIMEOUT_MILLIS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MILLIS,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            DELIVERY_TIMEOUT_MILLIS));
  }

  private Map<String, Object> with(Map<String, Object> defaults) {
    Map<String, Object> settings = new HashMap<>(defaults);
    settings.putAll(file);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return settings;
  }

  /**
   * The error for a client that cannot be created. Kafka's message quotes values, so this one
   * contains only names of settings.
   */
  IOException unusable(RuntimeException e) {
    String reason = rootMessage(e);
    if (reason.startsWith("No resolvable bootstrap")) {
      return new IOException(address() + ": unknown host; is a broker running there?", e);
    }
    if (file.isEmpty()) {
      return new IOException(address() + ": " + reason, e);
    }
    List<String> named = file.keySet().stream().filter(reason::contains).toList();
    return new IOException(
        "%s: cannot create a client with --kafkaConfig; check its %s"
            .formatted(address(), String.join(", ", named.isEmpty() ? file.keySet() : named)),
        e);
  }

  /** The error for a request that the brokers did not fulfil. */
  IOException failure(String what, Throwable e) {
    String question = e instanceof TimeoutException ? "; is a broker running there?" : "";
    return new IOException(
        "%s: %s (%s)%s".formatted(address(), what, withoutValues(rootMessage(e)), question), e);
  }

  private String address() {
    return "kafka://" + brokers;
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

  private static String rootMessage(Throwable e) {
    Throwable cause = ErrorMessages.rootCause(e);
    return Objects.toString(cause.getMessage(), cause.getClass().getSimpleName());
  }
}

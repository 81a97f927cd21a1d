package fortnight.pipelines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.security.auth.login.LoginException;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Throwables;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * What stands in {@code --kafkaConfig}, and what is wrong with it. Any line may hold a secret, be
 * it by a slip, so what is said of it names only Kafka's own settings, and never quotes the file.
 */
final class KafkaConfigFile {
  private static final Set<String> KAFKAS_OWN = new TreeSet<>();

  static {
    KAFKAS_OWN.addAll(ConsumerConfig.configNames());
    KAFKAS_OWN.addAll(ProducerConfig.configNames());
    KAFKAS_OWN.addAll(AdminClientConfig.configNames());
  }

  /** Login modules and interceptors bring settings of their own, but none so near to Kafka's. */
  private static final int SLIPS = 2;

  /** Near to a name as short as acks lies a good deal. */
  private static final int LONG_ENOUGH = 8;

  private KafkaConfigFile() {}

  /** The path itself, of a file that can be read now. */
  static String readable(String path) {
    Paths.readableFile(path);
    try {
      load(path);
      return path;
    } catch (IOException e) {
      throw new IllegalArgumentException(Causes.sentence(e), e);
    }
  }

  static Map<String, String> read(String path) {
    try {
      return load(path);
    } catch (IOException e) {
      throw new KafkaUnusable(
          "cannot read --kafkaConfig=%s, which every machine must have: %s"
              .formatted(path, Causes.sentence(e)));
    }
  }

  private static Map<String, String> load(String path) throws IOException {
    Properties properties = new Properties();
    try (InputStream file = Files.newInputStream(Path.of(path))) {
      properties.load(file);
    } catch (IllegalArgumentException e) {
      throw new IOException("a \\u in it lacks four hexadecimal digits; write \\\\ for a \\", e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  /** Kafka's name for what the file most likely means by a name that is none. */
  static Optional<String> misspelt(String path) {
    LevenshteinDistance distance = new LevenshteinDistance(SLIPS);
    Set<String> names = read(path).keySet();
    return KAFKAS_OWN.stream()
        .filter(known -> known.length() >= LONG_ENOUGH)
        .filter(
            known ->
                names.stream()
                    .anyMatch(
                        name -> !KAFKAS_OWN.contains(name) && distance.apply(name, known) >= 0))
        .findFirst();
  }

  /** Why Kafka makes no client with these settings, in a sentence that begins with the file. */
  static String refusal(String path, KafkaException refused) {
    return "--kafkaConfig=" + path + ": " + reason(read(path), refused);
  }

  private static String reason(Map<String, String> settings, KafkaException refused) {
    Throwable root = Throwables.getRootCause(refused);
    if (root instanceof NoSuchFileException) {
      return "a key store or trust store that it names is not there";
    }
    if (root instanceof UnrecoverableKeyException) {
      return "the password of a key store or trust store is wrong";
    }
    return settingIn(refused, settings)
        .map(name -> "Kafka cannot use the value of " + name)
        .orElse("Kafka makes no client with these settings");
  }

  private static Optional<String> settingIn(KafkaException refused, Map<String, String> settings) {
    StringBuilder said = new StringBuilder();
    for (Throwable cause : Throwables.getCausalChain(refused)) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof LoginException || message.toUpperCase(Locale.ROOT).contains("JAAS")) {
        return Optional.of(SaslConfigs.SASL_JAAS_CONFIG);
      }
      said.append(message).append('\n');
    }
    String text = said.toString();
    return settings.keySet().stream()
        .filter(name -> KAFKAS_OWN.contains(name) && text.contains(name))
        .max(Comparator.comparing(String::length));
  }
}

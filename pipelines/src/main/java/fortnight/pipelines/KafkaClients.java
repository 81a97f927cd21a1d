package fortnight.pipelines;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
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

  Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(
        with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(
        with(settings), new ByteArraySerializer(), new ByteArraySerializer());
  }

  Admin admin(Map<String, Object> settings) {
    return Admin.create(with(settings));
  }

  private Map<String, Object> with(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    usersSettings().forEach((name, value) -> all.put((String) name, value));
    return all;
  }

  private Properties usersSettings() {
    Properties properties = new Properties();
    if (configFile != null) {
      try (InputStream file = Files.newInputStream(Path.of(configFile))) {
        properties.load(file);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot read --kafkaConfig=" + configFile + ", which every machine must have", e);
      }
    }
    return properties;
  }
}

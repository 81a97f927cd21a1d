package fortnight.runners;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of one partition, and who writes and reads it. */
public final class Sales {
  private static final String TOPIC = "sales";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Sales() {}

  public static void makeTopic(String broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  public static Set<String> topics(String broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      return admin.listTopics().names().get();
    }
  }

  public static void send(String broker, String message) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker, "max.request.size", 4 << 20);
    StringSerializer text = new StringSerializer();
    try (Producer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
      producer.send(new ProducerRecord<>(TOPIC, message)).get();
    }
  }

  /** What a group sees that has not read before, to the end of the topic. */
  public static List<String> receive(String broker) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker,
            "group.id",
            "readers-" + System.nanoTime(),
            "auto.offset.reset",
            "earliest");
    StringDeserializer text = new StringDeserializer();
    try (Consumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
      consumer.subscribe(List.of(TOPIC));
      List<String> messages = new ArrayList<>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      do {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          messages.add(record.value());
        }
      } while (!atEnd(consumer) && System.nanoTime() < end);
      return messages;
    }
  }

  private static boolean atEnd(Consumer<String, String> consumer) {
    return !consumer.assignment().isEmpty()
        && consumer.endOffsets(consumer.assignment()).entrySet().stream()
            .allMatch(last -> consumer.position(last.getKey()) == last.getValue());
  }
}

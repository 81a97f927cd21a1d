package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a broker, and who fills and empties them. */
record Topics(String broker) {
  private static final Duration POLL = Duration.ofMillis(200);

  /** With two partitions, so that nobody relies on an order. */
  void make(String... names) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      for (String name : names) {
        admin.createTopics(Set.of(new NewTopic(name, 2, (short) 1))).all().get();
      }
    }
  }

  void delete(String... names) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.deleteTopics(Set.of(names)).all().get();
    }
  }

  void send(String topic, String... messages) throws Exception {
    for (String message : messages) {
      send(new ProducerRecord<>(topic, message.getBytes(UTF_8)));
    }
  }

  void send(ProducerRecord<byte[], byte[]> message) throws Exception {
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", broker);
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.send(message).get();
    }
  }

  /** All that stands in a topic, partition after partition. */
  List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", broker);
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      for (int partition = 0; partition < 2; partition++) {
        TopicPartition place = new TopicPartition(topic, partition);
        consumer.assign(Set.of(place));
        consumer.seekToBeginning(Set.of(place));
        long end = consumer.endOffsets(Set.of(place)).get(place);
        while (consumer.position(place) < end) {
          consumer.poll(POLL).forEach(messages::add);
        }
      }
    }
    return messages;
  }

  /** The same as texts. */
  List<String> texts(String topic) {
    return messages(topic).stream().map(message -> new String(message.value(), UTF_8)).toList();
  }

  String address(String topic) {
    return "kafka://" + broker + "/" + topic;
  }
}

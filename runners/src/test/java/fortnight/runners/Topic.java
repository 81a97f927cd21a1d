package fortnight.runners;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic, as a test writes and reads it. */
record Topic(String broker, String name) {
  static Topic make(String broker, String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
    return new Topic(broker, name);
  }

  /** Makes the broker refuse larger batches of messages. */
  void limitMessages(int bytes) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      AlterConfigOp limit =
          new AlterConfigOp(
              new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)),
              AlterConfigOp.OpType.SET);
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, name), List.of(limit)))
          .all()
          .get();
    }
  }

  /** Sends lines to the partitions below this one, in turn. */
  void send(List<String> lines, int partitions) {
    StringSerializer text = new StringSerializer();
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            // With more in flight a broker may take the second message of a new producer as its
            // first, and the first one never.
            Map.of(
                "bootstrap.servers",
                broker,
                "linger.ms",
                20,
                "max.in.flight.requests.per.connection",
                1),
            text,
            text)) {
      for (int i = 0; i < lines.size(); i++) {
        var unused = producer.send(new ProducerRecord<>(name, i % partitions, null, lines.get(i)));
      }
      producer.flush();
    }
  }

  /** Sends lines to one partition, to a broker that may not live long enough to take them. */
  void sendWithoutWaiting(List<String> lines) {
    StringSerializer text = new StringSerializer();
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker,
                "delivery.timeout.ms",
                4_000,
                "request.timeout.ms",
                2_000),
            text,
            text)) {
      lines.forEach(
          line -> {
            var unused = producer.send(new ProducerRecord<>(name, 0, null, line));
          });
    }
  }

  /** Leaves two offsets that nobody gets a record of: one taken back, and the end of that. */
  void takeBack(String line, int partition) {
    StringSerializer text = new StringSerializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", broker, "transactional.id", name);
    try (Producer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(name, partition, null, line));
      producer.flush();
      producer.abortTransaction();
    }
  }

  /** The last message of each key, as compaction would leave it. */
  Map<String, String> lastOfEachKey() {
    return ofEachKey((before, message) -> message);
  }

  /** One message of each key, which the function chooses of an earlier and a later one. */
  Map<String, String> ofEachKey(BinaryOperator<String> choice) {
    Map<String, String> chosen = new LinkedHashMap<>();
    read(message -> chosen.merge(message.key(), message.value(), choice));
    return chosen;
  }

  /** All messages. */
  List<String> messages() {
    List<String> all = new ArrayList<>();
    read(message -> all.add(message.value()));
    return all;
  }

  private void read(java.util.function.Consumer<ConsumerRecord<String, String>> reader) {
    StringDeserializer text = new StringDeserializer();
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(Map.of("bootstrap.servers", broker), text, text)) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(name)
          .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
          reader.accept(message);
        }
      }
    }
  }
}

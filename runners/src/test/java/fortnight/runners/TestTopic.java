package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic that a test writes and reads. */
public record TestTopic(String broker, String name) {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * How long a broker waits for records at the end of a partition, by default 500 ms. A consumer
   * that is closed has to wait for the end of its last request.
   */
  static final int MAX_FETCH_WAIT_MILLIS = 10;

  public static TestTopic create(String broker, String name, int partitions) throws Exception {
    try (Admin admin = admin(broker)) {
      create(admin, name, partitions);
    }
    return new TestTopic(broker, name);
  }

  /** Creates a topic, and returns once other clients find it, which a broker does not wait for. */
  static void create(Admin admin, String name, int partitions) throws Exception {
    admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1))).all().get();
    while (!admin.listTopics().names().get().contains(name)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** The names of all topics. */
  static Set<String> names(String broker) throws Exception {
    try (Admin admin = admin(broker)) {
      return admin.listTopics().names().get();
    }
  }

  static void delete(String broker, String... names) throws Exception {
    try (Admin admin = admin(broker)) {
      admin.deleteTopics(Set.of(names)).all().get();
    }
  }

  /** Sets the size in bytes of batches that the broker accepts. */
  void limitMessages(int bytes) throws Exception {
    try (Admin admin = admin(broker)) {
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

  /** The address, as flags contain it. */
  String address() {
    return "kafka://" + broker + "/" + name;
  }

  /** Sends messages one after the other, each once the broker has the one before. */
  public void send(String... messages) throws Exception {
    for (String message : messages) {
      send(new ProducerRecord<>(name, message));
    }
  }

  void send(ProducerRecord<String, String> message) throws Exception {
    try (Producer<String, String> producer = producer(Map.of("max.request.size", 4 << 20))) {
      producer.send(message).get();
    }
  }

  /** Sends lines to the first partitions, in turn. */
  void send(List<String> lines, int partitions) {
    // With more in flight, a broker may append the second message of a new producer first, and
    // reject the first one.
    Map<String, Object> settings =
        Map.of("linger.ms", 20, "max.in.flight.requests.per.connection", 1);
    try (Producer<String, String> producer = producer(settings)) {
      for (int i = 0; i < lines.size(); i++) {
        var unused = producer.send(new ProducerRecord<>(name, i % partitions, null, lines.get(i)));
      }
      producer.flush();
    }
  }

  /** Sends lines to one partition of a broker that may fail before it has them. */
  void sendWithoutWaiting(List<String> lines) {
    Map<String, Object> settings =
        Map.of("delivery.timeout.ms", 4_000, "request.timeout.ms", 2_000);
    try (Producer<String, String> producer = producer(settings)) {
      lines.forEach(
          line -> {
            var unused = producer.send(new ProducerRecord<>(name, 0, null, line));
          });
    }
  }

  /** Leaves two offsets without a committed record: an aborted one, and the end of the abort. */
  void sendAborted(String line, int partition) {
    try (Producer<String, String> producer = producer(Map.of("transactional.id", name))) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(name, partition, null, line));
      producer.flush();
      producer.abortTransaction();
    }
  }

  /** The last value of each key, which compaction would keep. */
  Map<String, String> lastOfEachKey() {
    return ofEachKey(records(), (before, after) -> after);
  }

  /** One value of each key, which the function chooses from an earlier and a later one. */
  static Map<String, String> ofEachKey(
      List<ConsumerRecord<byte[], byte[]>> records, BinaryOperator<String> choice) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String topic = record.topic();
      String row = text(record.value());
      ResultRows.validate(topic.substring(topic.lastIndexOf('.') + 1), List.of(row));
      chosen.merge(text(record.key()), row, choice);
    }
    return chosen;
  }

  List<String> values() {
    return records().stream().map(record -> text(record.value())).toList();
  }

  /** All records, in the order of their offsets within a partition. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(name)
          .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!isAtEnd(consumer)) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  /** The values that a new consumer group reads. */
  public List<String> valuesOfNewGroup() {
    Map<String, Object> settings =
        Map.of("group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer(settings)) {
      consumer.subscribe(List.of(name));
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      do {
        consumer.poll(POLL).forEach(record -> values.add(text(record.value())));
      } while ((consumer.assignment().isEmpty() || !isAtEnd(consumer))
          && System.nanoTime() < deadline);
    }
    return values;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static boolean isAtEnd(Consumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static Admin admin(String broker) {
    return Admin.create(Map.of("bootstrap.servers", broker));
  }

  private Producer<String, String> producer(Map<String, Object> more) {
    return new KafkaProducer<>(settings(more), new StringSerializer(), new StringSerializer());
  }

  private Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
    Map<String, Object> settings = settings(more);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MAX_FETCH_WAIT_MILLIS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> settings(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker);
    return settings;
  }
}

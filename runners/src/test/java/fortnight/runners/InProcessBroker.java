package fortnight.runners;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker in this process, and operations on its topics. */
public final class InProcessBroker implements AutoCloseable {
  /** The end of a producer's transaction. */
  public enum Outcome {
    COMMITTED,
    ABORTED,
    OPEN
  }

  private final LocalBroker broker;
  private final Admin admin;

  private InProcessBroker(LocalBroker broker) {
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
  }

  public static InProcessBroker start() throws Exception {
    return new InProcessBroker(LocalBroker.start(BrokerConfig.temporary()));
  }

  public String address(String topic) {
    return "kafka://" + broker.address() + "/" + topic;
  }

  public void createTopic(String name, int partitions) throws Exception {
    TestTopic.create(admin, name, partitions);
  }

  public void deleteTopic(String name) throws Exception {
    admin.deleteTopics(Set.of(name)).all().get();
  }

  /** Deletes a topic, and creates one of the same name as soon as the broker permits it. */
  public void recreateTopic(String name, int partitions) throws Exception {
    deleteTopic(name);
    while (true) {
      try {
        createTopic(name, partitions);
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  public void addPartitions(String topic, int total) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get();
  }

  /** Deletes records, as retention does. */
  public void deleteRecords(String topic, int partition, long before) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
  }

  public void send(String topic, int partition, List<String> messages) {
    try (Producer<String, String> producer = producer(Map.of())) {
      send(producer, topic, partition, messages);
    }
  }

  /** Sends a transaction, whose end takes an offset without a record. */
  public void send(String topic, int partition, List<String> messages, Outcome outcome) {
    Producer<String, String> producer =
        producer(Map.of("transactional.id", UUID.randomUUID().toString()));
    producer.initTransactions();
    producer.beginTransaction();
    send(producer, topic, partition, messages);
    switch (outcome) {
      case COMMITTED -> producer.commitTransaction();
      case ABORTED -> producer.abortTransaction();
      case OPEN -> {}
    }
    producer.close(Duration.ZERO);
  }

  private static void send(
      Producer<String, String> producer, String topic, int partition, List<String> messages) {
    for (String message : messages) {
      var unused = producer.send(new ProducerRecord<>(topic, partition, null, message));
    }
    producer.flush();
  }

  private Producer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker.address());
    settings.put("max.in.flight.requests.per.connection", 1);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}

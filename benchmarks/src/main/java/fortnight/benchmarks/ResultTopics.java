package fortnight.benchmarks;

import fortnight.benchmarks.peers.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topics that a contender writes, one partition each, and what was read of them so far. */
final class ResultTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final List<String> ANALYSES =
      List.of(Row.WEEKLY_VOLUME, Row.VOLUME_CHANGE, Row.PRODUCT_VOLUME, Row.PRODUCT_VOLUME_CHANGE);

  private final String prefix;
  private final KafkaConsumer<String, String> consumer;
  private final Answers answers = new Answers();

  private ResultTopics(String prefix, KafkaConsumer<String, String> consumer) {
    this.prefix = prefix;
    this.consumer = consumer;
  }

  static ResultTopics make(String broker, String prefix) throws Exception {
    List<String> names = ANALYSES.stream().map(analysis -> prefix + analysis).toList();
    Map<String, Object> settings = Map.of("bootstrap.servers", broker);
    try (Admin admin = Admin.create(settings)) {
      admin
          .createTopics(names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
    StringDeserializer text = new StringDeserializer();
    KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text);
    List<TopicPartition> partitions =
        names.stream().map(name -> new TopicPartition(name, 0)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new ResultTopics(prefix, consumer);
  }

  /** All rows so far, with those that came just now; waits for 50 ms at most. */
  Answers poll() throws IOException {
    for (ConsumerRecord<String, String> row : consumer.poll(POLL)) {
      answers.add(row.topic().substring(prefix.length()), row.value());
    }
    return answers;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

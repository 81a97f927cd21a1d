package fortnight.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic, read from its beginning.
 *
 * @param isBounded only what is there when the run starts
 * @param runId tells apart what several runs in one process know
 */
record TopicInput(
    KafkaAddress topic, boolean isBounded, KafkaClients clients, StreamRules rules, String runId)
    implements Input {

  /** What a producer took back does not count. */
  static final String ONLY_COMMITTED = "read_committed";

  /**
   * What is there now.
   *
   * @throws KafkaUnusable when it cannot be known
   */
  List<TopicRange> ranges() {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            topic.brokers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ONLY_COMMITTED);
    try (Consumer<byte[], byte[]> consumer = clients.consumer(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
      List<TopicRange> ranges = new ArrayList<>();
      consumer
          .endOffsets(partitions)
          .forEach(
              (partition, end) ->
                  ranges.add(
                      new TopicRange(topic, partition.partition(), first.get(partition), end)));
      return ranges;
    } catch (KafkaException e) {
      throw new KafkaUnusable(KafkaFailures.sentence(topic, clients, e));
    }
  }
}

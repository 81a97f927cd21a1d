package fortnight.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic, read from its beginning.
 *
 * @param isBounded only what is there when the run starts
 */
record TopicInput(KafkaAddress topic, boolean isBounded, KafkaClients clients, StreamRules rules)
    implements Input {

  /** What a producer took back does not count. */
  static final String ONLY_COMMITTED = "read_committed";

  /**
   * The stream that a job's options name, read on the machine that works for it.
   *
   * @throws KafkaUnusable when the options mean nothing there
   */
  static TopicInput of(PipelineOptions options) {
    Problems problems = new Problems();
    FlagReading reading = new FlagReading(options.as(RetailOptions.class), problems);
    TopicInput input =
        new TopicInput(
            reading.inputTopic(),
            false,
            reading.kafkaClients(),
            StreamRules.of(reading.timeZone(), reading.stream()));
    try {
      problems.throwIfAny();
      return input;
    } catch (WrongFlags e) {
      throw new KafkaUnusable(e.getMessage());
    }
  }

  /**
   * The numbers of its partitions, in order.
   *
   * @throws KafkaUnusable when they cannot be known
   */
  List<Integer> partitions() {
    return ask(
        consumer -> partitions(consumer).stream().map(TopicPartition::partition).sorted().toList());
  }

  /**
   * What is there now.
   *
   * @throws KafkaUnusable when it cannot be known
   */
  List<TopicRange> ranges() {
    return ask(
        consumer -> {
          List<TopicPartition> partitions = partitions(consumer);
          Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
          List<TopicRange> ranges = new ArrayList<>();
          consumer
              .endOffsets(partitions)
              .forEach(
                  (partition, end) ->
                      ranges.add(
                          new TopicRange(topic, partition.partition(), first.get(partition), end)));
          return ranges;
        });
  }

  /** Of none a job would read nothing, and end as if all were done. */
  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException();
    }
    return partitions;
  }

  private <T> T ask(Function<Consumer<byte[], byte[]>, T> question) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            topic.brokers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ONLY_COMMITTED);
    try (Consumer<byte[], byte[]> consumer = clients.consumer(settings)) {
      return question.apply(consumer);
    } catch (KafkaException e) {
      throw new KafkaUnusable(KafkaFailures.sentence(topic, clients, e));
    }
  }
}

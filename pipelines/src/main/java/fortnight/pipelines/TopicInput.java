package fortnight.pipelines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic, read from its beginning.
 *
 * @param isBounded only what is there when the run starts
 * @param failsOnDataLoss whether offsets that the topic no longer holds fail the run
 */
record TopicInput(
    KafkaAddress topic,
    boolean isBounded,
    boolean failsOnDataLoss,
    KafkaClients clients,
    StreamRules rules)
    implements Input {
  private static final Logger LOG = LoggerFactory.getLogger(TopicInput.class);

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
            reading.failOnDataLoss(),
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
   * What is there now, up to the first transaction of a producer that is not complete.
   *
   * @throws KafkaUnusable when it cannot be known
   */
  List<TopicRange> ranges() {
    return ask(
        consumer -> {
          List<TopicPartition> partitions = partitions(consumer);
          // Asked for first: what is behind the ends that are asked for later waits.
          Map<TopicPartition, Long> written = endsOfAll(partitions);
          Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
          Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
          List<TopicRange> ranges = new ArrayList<>();
          for (TopicPartition partition : partitions) {
            long end = ends.get(partition);
            warnOfWhatWaits(partition, end, written.get(partition));
            ranges.add(new TopicRange(topic, partition.partition(), first.get(partition), end));
          }
          return ranges;
        });
  }

  /** Where partitions end, records of incomplete transactions included. */
  private Map<TopicPartition, Long> endsOfAll(List<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (Admin admin =
        clients.admin(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, topic.brokers()))) {
      admin
          .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaUnusable(KafkaFailures.sentence(topic, clients, e.getCause()));
    }
  }

  private void warnOfWhatWaits(TopicPartition partition, long end, long written) {
    if (written > end) {
      LOG.warn(
          "{}: partition {} ends at offset {} for this run; {} more {} behind a producer's"
              + " transaction that is neither committed nor aborted",
          topic,
          partition.partition(),
          end,
          written - end,
          written - end == 1 ? "offset waits" : "offsets wait");
    }
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
    Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.brokers());
    try (Consumer<byte[], byte[]> consumer = clients.consumer(settings)) {
      return question.apply(consumer);
    } catch (KafkaException e) {
      throw new KafkaUnusable(KafkaFailures.sentence(topic, clients, e));
    }
  }
}

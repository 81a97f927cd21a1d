package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import fortnight.pipelines.io.Input;
import fortnight.transforms.PayloadBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
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
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic, read from its beginning.
 *
 * @param isBounded whether only the records that exist at the start of the run are read
 * @param failsOnDataLoss whether offsets that the topic no longer contains fail the run
 */
public record TopicInput(
    TopicAddress topic,
    boolean isBounded,
    boolean failsOnDataLoss,
    KafkaClients clients,
    WatermarkOptions watermark)
    implements Input, Serializable {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(TopicInput.class);

  /**
   * Carries the input to the readers of an unbounded source. The source itself is part of each
   * checkpoint, and must not contain it, because a restored job may use other brokers or settings.
   */
  @Hidden
  public interface Options extends PipelineOptions {
    @Hidden
    byte[] getTopicInput();

    void setTopicInput(byte[] serialized);
  }

  /** The input that was set in the options of the job. */
  static TopicInput of(PipelineOptions options) {
    return (TopicInput)
        SerializableUtils.deserializeFromByteArray(
            options.as(Options.class).getTopicInput(), "input topic");
  }

  @Override
  public Optional<Duration> maxFutureSkew() {
    return Optional.of(watermark.maxFutureSkew());
  }

  @Override
  public void configure(PipelineOptions options) {
    options.as(Options.class).setTopicInput(SerializableUtils.serializeToByteArray(this));
  }

  @Override
  public PTransform<PBegin, PCollection<PayloadBatch>> read() {
    return ReadTopic.of(this);
  }

  @Override
  public List<String> locations() {
    return List.of(topic.toString());
  }

  @Override
  public void check() {
    TopicChecks.checkReadable(clients, topic);
  }

  @Override
  public Map<String, String> identity() {
    // A topic that was deleted and created again has other records at the same offsets.
    return Map.of(
        "--input topic", topic.name(), "--input topic's id", TopicChecks.idOf(clients, topic));
  }

  /**
   * The numbers of its partitions, in order.
   *
   * @throws fortnight.common.cli.CommandException if the brokers do not return them
   */
  List<Integer> partitions() {
    return request(
        consumer -> partitions(consumer).stream().map(TopicPartition::partition).sorted().toList());
  }

  /**
   * The offsets that exist now, up to the first incomplete transaction of a producer.
   *
   * @throws fortnight.common.cli.CommandException if the brokers do not return it
   */
  List<TopicRange> ranges() {
    return request(
        consumer -> {
          List<TopicPartition> partitions = partitions(consumer);
          // Requested first: records behind the ends that are requested later wait for a
          // transaction.
          Map<TopicPartition, Long> written = endsOfAll(partitions);
          Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
          Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
          List<TopicRange> ranges = new ArrayList<>();
          for (TopicPartition partition : partitions) {
            long end = ends.get(partition);
            warnOfOpenTransaction(partition, end, written.get(partition));
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
      throw KafkaErrors.failure(topic, clients, e.getCause());
    }
  }

  private void warnOfOpenTransaction(TopicPartition partition, long end, long written) {
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

  /** The partitions; without any a job would read nothing, and end successfully. */
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

  private <T> T request(Function<Consumer<byte[], byte[]>, T> request) {
    Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.brokers());
    try (Consumer<byte[], byte[]> consumer = clients.consumer(settings)) {
      return request.apply(consumer);
    } catch (KafkaException e) {
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /** Offsets of a partition at the start of the run: from inclusive, until exclusive. */
  record TopicRange(TopicAddress topic, int partition, long from, long until)
      implements Serializable {
    private static final long serialVersionUID = 1;
  }
}

package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import fortnight.pipelines.io.Input;
import fortnight.transforms.PayloadBatch;
import fortnight.transforms.avro.SchemaSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * An input topic, which is read from its beginning.
 *
 * @param isBounded whether only the records that exist at the start of the run are read
 * @param failsOnDataLoss whether offsets that the topic no longer contains fail the run
 * @param schemas where the schemas of messages are
 */
public record TopicInput(
    TopicAddress topic,
    boolean isBounded,
    boolean failsOnDataLoss,
    KafkaClients clients,
    WatermarkOptions watermark,
    SchemaSource schemas)
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

  /** Returns the input that was set in the options of the job. */
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
    return new ReadTopic(this);
  }

  @Override
  public Set<String> locations() {
    return Set.of(topic.toString());
  }

  @Override
  public void check() {
    TopicChecks.checkReadable(clients, topic);
    schemas.check();
  }

  @Override
  public Map<String, String> identity() {
    // The id distinguishes a topic that was deleted and created again.
    return Map.of(
        "--input topic", topic.name(), "--input topic's id", TopicChecks.idOf(clients, topic));
  }

  /**
   * Returns the numbers of the partitions, sorted.
   *
   * @throws fortnight.common.cli.CommandException if the request fails
   */
  List<Integer> partitions() {
    return request(
        consumer -> partitions(consumer).stream().map(TopicPartition::partition).sorted().toList());
  }

  /**
   * Returns the offsets that exist now, up to the first incomplete transaction of a producer.
   *
   * @throws fortnight.common.cli.CommandException if a request fails
   */
  List<TopicRange> ranges() {
    return request(
        consumer -> {
          List<TopicPartition> partitions = partitions(consumer);
          // Requested first, so that offsets after the ends below belong to incomplete
          // transactions.
          Map<TopicPartition, Long> written = uncommittedEnds(partitions);
          Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
          Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
          List<TopicRange> ranges = new ArrayList<>();
          for (TopicPartition partition : partitions) {
            long end = ends.get(partition);
            warnOfIncompleteTransaction(partition, end, written.get(partition));
            ranges.add(new TopicRange(topic, partition.partition(), first.get(partition), end));
          }
          return ranges;
        });
  }

  /** Returns the ends of partitions, including records of incomplete transactions. */
  private Map<TopicPartition, Long> uncommittedEnds(List<TopicPartition> partitions) {
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

  private void warnOfIncompleteTransaction(TopicPartition partition, long end, long written) {
    if (written > end) {
      LOG.warn(
          "{}: partition {} is read to offset {}; {} more {} not read, because of a producer's"
              + " transaction that is neither committed nor aborted",
          topic,
          partition.partition(),
          end,
          written - end,
          written - end == 1 ? "offset is" : "offsets are");
    }
  }

  /**
   * Returns the partitions; fails if there are none, because a job would finish without reading.
   */
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

  /**
   * The offsets of a partition when the pipeline was built.
   *
   * @param until the offset after the last one
   */
  record TopicRange(TopicAddress topic, int partition, long from, long until)
      implements Serializable {
    private static final long serialVersionUID = 1;
  }
}

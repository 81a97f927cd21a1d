package fortnight.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Statistics of topics, requested from the brokers. Sizes and configurations, which are costly or
 * change rarely, are requested every {@link #SLOW_INTERVAL} times only; users without the
 * permission get none of them.
 */
final class TopicStats {
  private static final int SLOW_INTERVAL = 10;

  /**
   * The statistics of a topic.
   *
   * @param title of the result; empty for the input topic
   * @param messages the difference of the last and first offsets, also of compacted topics
   * @param bytes on the disks of the partitions' leaders; empty if unknown
   * @param retentionMillis negative if unlimited; empty if unknown
   */
  record Topic(
      String title,
      String name,
      int partitions,
      long messages,
      OptionalLong bytes,
      OptionalLong retentionMillis,
      boolean compacted) {

    void writeTo(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("title", title);
      json.writeStringField("name", name);
      json.writeNumberField("partitions", partitions);
      json.writeNumberField("messages", messages);
      if (bytes.isPresent() && messages > 0) {
        json.writeNumberField("size", bytes.getAsLong() / messages);
      }
      if (retentionMillis.isPresent()) {
        json.writeNumberField("retention", retentionMillis.getAsLong());
      }
      json.writeBooleanField("compacted", compacted);
      json.writeEndObject();
    }
  }

  private final Admin admin;
  private Map<String, Uuid> ids = Map.of();
  private Map<TopicPartition, Long> beginnings = Map.of();
  private Map<TopicPartition, Long> bytes = Map.of();
  private Map<ConfigResource, Config> configs = Map.of();
  private Set<String> requested = Set.of();
  private int requests;

  TopicStats(Admin admin) {
    this.admin = admin;
  }

  /** Requests the statistics of existing topics; returns the end offsets of their partitions. */
  Map<TopicPartition, Long> request(Set<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> descriptions = admin.describeTopics(topics).allTopicNames().get();
    ids =
        descriptions.values().stream()
            .collect(Collectors.toMap(TopicDescription::name, TopicDescription::topicId));
    Set<TopicPartition> partitions =
        descriptions.values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(info -> new TopicPartition(topic.name(), info.partition())))
            .collect(Collectors.toSet());
    beginnings = offsets(partitions, OffsetSpec.earliest());
    if (requests++ % SLOW_INTERVAL == 0 || !requested.equals(topics)) {
      requested = Set.copyOf(topics);
      bytes = sizes(descriptions);
      configs = configs(topics);
    }
    return offsets(partitions, OffsetSpec.latest());
  }

  /** The ids of the requested topics; a topic that is deleted and created again has another id. */
  Map<String, Uuid> ids() {
    return ids;
  }

  /** The statistics of one of the requested topics, with the end offsets of all of them. */
  Topic of(String title, String topic, Map<TopicPartition, Long> ends) {
    Set<TopicPartition> partitions = new HashSet<>(ends.keySet());
    partitions.removeIf(partition -> !partition.topic().equals(topic));
    long messages =
        partitions.stream().mapToLong(some -> ends.get(some) - beginnings.get(some)).sum();
    Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic));
    ConfigEntry policy = config == null ? null : config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    return new Topic(
        title,
        topic,
        partitions.size(),
        messages,
        bytes.keySet().containsAll(partitions)
            ? OptionalLong.of(partitions.stream().mapToLong(bytes::get).sum())
            : OptionalLong.empty(),
        config == null
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value())),
        policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    partitions.forEach(partition -> specs.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(specs)
        .all()
        .get()
        .forEach((partition, result) -> offsets.put(partition, result.offset()));
    return offsets;
  }

  /** The sizes of partitions at their leaders; empty without the permission. */
  private Map<TopicPartition, Long> sizes(Map<String, TopicDescription> topics)
      throws InterruptedException {
    Map<TopicPartition, Integer> leaders = new HashMap<>();
    for (TopicDescription topic : topics.values()) {
      topic.partitions().stream()
          .filter(partition -> partition.leader() != null)
          .forEach(
              partition ->
                  leaders.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      partition.leader().id()));
    }
    try {
      Map<Integer, Map<String, LogDirDescription>> brokers =
          admin.describeLogDirs(new HashSet<>(leaders.values())).allDescriptions().get();
      Map<TopicPartition, Long> sizes = new HashMap<>();
      leaders.forEach(
          (partition, leader) ->
              brokers.get(leader).values().stream()
                  .map(directory -> directory.replicaInfos().get(partition))
                  .filter(Objects::nonNull)
                  .forEach(replica -> sizes.put(partition, replica.size())));
      return sizes;
    } catch (ExecutionException e) {
      return Map.of();
    }
  }

  /** The configurations of topics; empty without the permission. */
  private Map<ConfigResource, Config> configs(Set<String> topics) throws InterruptedException {
    try {
      return admin
          .describeConfigs(
              topics.stream()
                  .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      return Map.of();
    }
  }
}

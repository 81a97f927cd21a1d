package fortnight.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
 * What a broker's console shows of topics. What changes seldom, or costs the brokers something, is
 * asked for only now and then; not everybody is told everything.
 */
final class TopicQuestions {
  private static final int SELDOM = 10;

  private final Admin admin;
  private Map<String, Uuid> ids = Map.of();
  private Map<TopicPartition, Long> begins = Map.of();
  private Map<TopicPartition, Long> bytes = Map.of();
  private Map<ConfigResource, Config> configs = Map.of();
  private Set<String> asked = Set.of();
  private int turn;

  TopicQuestions(Admin admin) {
    this.admin = admin;
  }

  /** Where the partitions of these topics end. */
  Map<TopicPartition, Long> ends(Set<String> topics)
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
                        .map(some -> new TopicPartition(topic.name(), some.partition())))
            .collect(Collectors.toSet());
    begins = offsets(partitions, OffsetSpec.earliest());
    if (turn++ % SELDOM == 0 || !asked.equals(topics)) {
      asked = Set.copyOf(topics);
      bytes = sizes(descriptions);
      configs = configs(topics);
    }
    return offsets(partitions, OffsetSpec.latest());
  }

  /** Of the topics whose ends were asked for; one that is deleted and made again has another. */
  Map<String, Uuid> ids() {
    return ids;
  }

  /** Of a topic that ends there. */
  TopicStatus status(String title, String topic, Map<TopicPartition, Long> ends) {
    Set<TopicPartition> partitions = new HashSet<>(ends.keySet());
    partitions.removeIf(partition -> !partition.topic().equals(topic));
    long messages = partitions.stream().mapToLong(some -> ends.get(some) - begins.get(some)).sum();
    Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic));
    ConfigEntry policy = config == null ? null : config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    return new TopicStatus(
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

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(wanted)
        .all()
        .get()
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  /** Each partition at its leader. */
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
    Map<TopicPartition, Long> sizes = new HashMap<>();
    try {
      admin
          .describeLogDirs(new HashSet<>(leaders.values()))
          .allDescriptions()
          .get()
          .forEach(
              (broker, directories) ->
                  directories.values().stream()
                      .map(LogDirDescription::replicaInfos)
                      .forEach(
                          replicas ->
                              replicas.forEach(
                                  (partition, replica) -> {
                                    if (broker.equals(leaders.get(partition))) {
                                      sizes.put(partition, replica.size());
                                    }
                                  })));
      return sizes;
    } catch (ExecutionException e) {
      return Map.of();
    }
  }

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

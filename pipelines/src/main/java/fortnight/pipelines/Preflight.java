package fortnight.pipelines;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers, before anything is submitted, whether what the flags name is there and may be
 * used. Topics of results that are absent are made, compacted.
 */
final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private static final int PATIENCE_MILLIS = 8_000;

  private final KafkaAddress topic;
  private final Admin admin;

  private Preflight(KafkaAddress topic, Admin admin) {
    this.topic = topic;
    this.admin = admin;
  }

  /**
   * Checks all topics of a run.
   *
   * @throws RunFailed with the first thing that is wrong
   */
  static void check(RetailFlags flags) throws RunFailed {
    if (flags.input() instanceof TopicInput input) {
      checkIsThere(flags.kafka(), input.topic());
    }
    for (Output output : flags.outputs()) {
      if (output instanceof TopicOutput topics) {
        for (KafkaAddress topic : topics.topics().values()) {
          ask(flags.kafka(), topic, Preflight::isThereOrMade);
        }
      }
    }
  }

  /**
   * Checks one topic, to be read, which is not made.
   *
   * @throws RunFailed when it cannot be used
   */
  static void checkIsThere(KafkaClients clients, KafkaAddress topic) throws RunFailed {
    ask(clients, topic, Preflight::mayBeRead);
  }

  /**
   * Checks one topic, to be written, which is not made.
   *
   * @throws RunFailed when it cannot be used
   */
  static void checkTakesMore(KafkaClients clients, KafkaAddress topic) throws RunFailed {
    ask(clients, topic, preflight -> preflight.mayBeUsed(AclOperation.WRITE));
  }

  /**
   * The id of a topic, which no topic of the same name has again; empty where brokers before 2.8 do
   * not say.
   *
   * @throws RunFailed when it cannot be known
   */
  static String idOf(KafkaClients clients, KafkaAddress topic) throws RunFailed {
    StringBuilder id = new StringBuilder();
    ask(
        clients,
        topic,
        preflight -> {
          Uuid known = preflight.mayBeUsed(AclOperation.READ).topicId();
          id.append(Uuid.ZERO_UUID.equals(known) ? "" : known);
        });
    return id.toString();
  }

  private interface Question {
    void ask(Preflight preflight) throws ExecutionException, InterruptedException;
  }

  private static void ask(KafkaClients clients, KafkaAddress topic, Question question)
      throws RunFailed {
    Optional<String> problem = new BrokerPorts(topic).problem();
    if (problem.isPresent()) {
      throw new RunFailed(topic + ": " + problem.get());
    }
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            topic.brokers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS / 2);
    try {
      clients.checkSettings();
      try (Admin admin = clients.admin(settings)) {
        clients.checkMechanism();
        question.ask(new Preflight(topic, admin));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailed("interrupted while asking for " + topic);
    } catch (ExecutionException e) {
      LOG.debug("Preflight of {}", topic, e);
      throw new RunFailed(KafkaFailures.sentence(topic, clients, e.getCause()));
    } catch (KafkaException | KafkaUnusable e) {
      LOG.debug("Preflight of {}", topic, e);
      throw new RunFailed(KafkaFailures.sentence(topic, clients, e));
    }
  }

  private void mayBeRead() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicPartitionInfo partition : mayBeUsed(AclOperation.READ).partitions()) {
      ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
    }
    // Each leader has to answer, at the address that it advertises.
    admin.listOffsets(ends).all().get();
  }

  /** Who may see a topic may not always use it, which the run itself would find out late. */
  private TopicDescription mayBeUsed(AclOperation use)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin
            .describeTopics(
                Set.of(topic.name()), new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .allTopicNames()
            .get()
            .get(topic.name());
    Set<AclOperation> allowed = description.authorizedOperations();
    // Brokers before 2.3 do not say.
    if (allowed != null && !allowed.contains(use)) {
      throw new TopicAuthorizationException(Set.of(topic.name()));
    }
    return description;
  }

  private void isThereOrMade() throws ExecutionException, InterruptedException {
    try {
      mayBeUsed(AclOperation.WRITE);
      warnUnlessCompacted();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
      make();
    }
  }

  private void make() throws ExecutionException, InterruptedException {
    NewTopic compacted =
        new NewTopic(topic.name(), Optional.empty(), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    // Dead letters hold whole records, in JSON's escapes.
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(8 << 20)));
    try {
      admin.createTopics(Set.of(compacted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private void warnUnlessCompacted() throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    try {
      Config config = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
      if (!config
          .get(TopicConfig.CLEANUP_POLICY_CONFIG)
          .value()
          .contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
        LOG.warn(
            "{} is not compacted: the rows that later ones replace stay until they are too old, and"
                + " so do the last ones. Set its cleanup.policy to compact.",
            topic);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      LOG.debug("Nobody may be told whether {} is compacted", topic, e);
    }
  }
}

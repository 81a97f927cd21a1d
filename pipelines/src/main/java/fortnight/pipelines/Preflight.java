package fortnight.pipelines;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
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

  private static final int PATIENCE_MILLIS = 10_000;

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
   * Checks one topic, which is not made.
   *
   * @throws RunFailed when it cannot be used
   */
  static void checkIsThere(KafkaClients clients, KafkaAddress topic) throws RunFailed {
    ask(clients, topic, Preflight::mayBeRead);
  }

  private interface Question {
    void ask(Preflight preflight) throws ExecutionException, InterruptedException;
  }

  private static void ask(KafkaClients clients, KafkaAddress topic, Question question)
      throws RunFailed {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, topic.brokers());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    try (Admin admin = clients.admin(settings)) {
      question.ask(new Preflight(topic, admin));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailed("interrupted while asking for " + topic);
    } catch (ExecutionException e) {
      LOG.debug("Preflight of {}", topic, e);
      throw new RunFailed(sentence(topic, e.getCause()));
    } catch (KafkaException e) {
      LOG.debug("Preflight of {}", topic, e);
      throw new RunFailed(sentence(topic, e.getCause() == null ? e : e.getCause()));
    }
  }

  private void mayBeRead() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    admin
        .describeTopics(Set.of(topic.name()))
        .allTopicNames()
        .get()
        .get(topic.name())
        .partitions()
        .forEach(
            partition ->
                ends.put(
                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
    admin.listOffsets(ends).all().get();
  }

  private void isThereOrMade() throws ExecutionException, InterruptedException {
    try {
      admin.describeTopics(Set.of(topic.name())).allTopicNames().get();
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
  }

  /** What a user can do about a client's failure. */
  static String sentence(KafkaAddress topic, Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return topic + ": the brokers have no such topic; make it, or look at its name";
    }
    if (cause instanceof AuthenticationException) {
      return topic + ": the brokers refuse the login; look at --kafkaConfig";
    }
    if (cause instanceof AuthorizationException) {
      return topic + ": access is denied; ask for the right to it, or look at --kafkaConfig";
    }
    if (cause instanceof TimeoutException) {
      return topic
          + ": no broker answers; look whether it runs, and speaks what --kafkaConfig says";
    }
    return topic + ": " + Causes.sentence(cause);
  }
}

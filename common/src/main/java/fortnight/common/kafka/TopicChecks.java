package fortnight.common.kafka;

import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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

/**
 * Checks topics before a command uses them: whether they exist, and whether the user may read or
 * write them. Each check takes some seconds at most, and fails with a {@link CommandException}.
 */
public final class TopicChecks {
  private static final int TIMEOUT_MILLIS = 8_000;
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

  private final TopicAddress topic;
  private final Admin admin;

  private TopicChecks(TopicAddress topic, Admin admin) {
    this.topic = topic;
    this.admin = admin;
  }

  /** Checks that a topic can be read, and that the leader of each partition answers. */
  public static void checkReadable(KafkaClients clients, TopicAddress topic) {
    request(clients, topic, TopicChecks::checkReadable);
  }

  /** Checks that a topic exists and can be written. */
  public static void checkWritable(KafkaClients clients, TopicAddress topic) {
    request(clients, topic, checks -> checks.describe(AclOperation.WRITE));
  }

  /** Creates a topic if it does not exist, with the brokers' defaults. */
  public static void createIfAbsent(KafkaClients clients, TopicAddress topic, int partitions) {
    request(
        clients,
        topic,
        checks ->
            checks.createIfAbsent(
                new NewTopic(topic.name(), Optional.of(partitions), Optional.empty())));
  }

  /**
   * Checks that a topic can be written; creates it as a compacted topic if it does not exist.
   *
   * @return a warning if the topic exists and is not compacted
   */
  public static Optional<String> createCompactedIfAbsent(KafkaClients clients, TopicAddress topic) {
    NewTopic compacted =
        new NewTopic(topic.name(), Optional.empty(), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    // A dead letter contains a whole record, which JSON's escapes make larger.
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(8 << 20)));
    return request(
        clients,
        topic,
        checks ->
            checks.createIfAbsent(compacted) ? Optional.empty() : checks.warningUnlessCompacted());
  }

  /**
   * The id of a topic, which differs from that of a deleted topic of the same name; empty if the
   * brokers are older than 2.8.
   */
  public static String idOf(KafkaClients clients, TopicAddress topic) {
    Uuid id = request(clients, topic, checks -> checks.describe(AclOperation.READ).topicId());
    return Uuid.ZERO_UUID.equals(id) ? "" : id.toString();
  }

  private interface Request<T> {
    T send(TopicChecks checks) throws ExecutionException, InterruptedException;
  }

  private static <T> T request(KafkaClients clients, TopicAddress topic, Request<T> request) {
    checkBrokers(clients, topic);
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            topic.brokers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS / 2);
    try (Admin admin = clients.admin(settings)) {
      return request.send(new TopicChecks(topic, admin));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed(topic + ": interrupted while waiting for the brokers");
    } catch (ExecutionException e) {
      throw KafkaErrors.failure(topic, clients, e.getCause());
    } catch (KafkaException e) {
      throw KafkaErrors.failure(topic, clients, e);
    }
  }

  /**
   * Checks the settings of the clients, and that a broker listens. Kafka's clients wait without an
   * error until they time out.
   */
  public static void checkBrokers(KafkaClients clients, TopicAddress topic) {
    clients.check();
    List<InetSocketAddress> brokers =
        Arrays.stream(topic.brokers().split(",", -1)).map(TopicChecks::socketAddress).toList();
    if (brokers.stream().allMatch(InetSocketAddress::isUnresolved)) {
      throw CommandException.failed(topic + ": unknown host; check the addresses of the brokers");
    }
    if (brokers.stream().noneMatch(broker -> isOpen(broker, brokers.size()))) {
      throw CommandException.failed(
          topic + ": nothing listens at " + topic.brokers() + "; check that the broker runs there");
    }
  }

  private static InetSocketAddress socketAddress(String broker) {
    int colon = broker.lastIndexOf(':');
    return new InetSocketAddress(
        broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1)));
  }

  private static boolean isOpen(InetSocketAddress broker, int brokers) {
    try (Socket socket = new Socket()) {
      socket.connect(broker, CONNECT_TIMEOUT_MILLIS / brokers);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private TopicDescription checkReadable() throws ExecutionException, InterruptedException {
    TopicDescription description = describe(AclOperation.READ);
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicPartitionInfo partition : description.partitions()) {
      ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
    }
    admin.listOffsets(ends).all().get();
    return description;
  }

  /** Describes the topic. A user who may describe a topic may still lack this permission. */
  private TopicDescription describe(AclOperation use)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin
            .describeTopics(
                Set.of(topic.name()), new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .allTopicNames()
            .get()
            .get(topic.name());
    Set<AclOperation> allowed = description.authorizedOperations(); // null before Kafka 2.3
    if (allowed != null && !allowed.contains(use)) {
      throw new TopicAuthorizationException(Set.of(topic.name()));
    }
    return description;
  }

  /** Returns whether it created the topic. */
  private boolean createIfAbsent(NewTopic newTopic)
      throws ExecutionException, InterruptedException {
    try {
      describe(AclOperation.WRITE);
      return false;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
    try {
      admin.createTopics(Set.of(newTopic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // another client created it meanwhile
        throw e;
      }
    }
    return true;
  }

  private Optional<String> warningUnlessCompacted()
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    try {
      Config config = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
      return config
              .get(TopicConfig.CLEANUP_POLICY_CONFIG)
              .value()
              .contains(TopicConfig.CLEANUP_POLICY_COMPACT)
          ? Optional.empty()
          : Optional.of(
              topic
                  + " is not compacted: replaced rows remain until the retention deletes them, and"
                  + " so does the newest row of each key. Set its cleanup.policy to compact.");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      return Optional.empty(); // The user may not read the configuration.
    }
  }
}

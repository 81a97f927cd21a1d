package fortnight.testdata;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a broker. A topic that is there needs no right to make any. */
final class KafkaTopics {
  private final KafkaConfig config;

  KafkaTopics(KafkaConfig config) {
    this.config = config;
  }

  /** Finds the topic, or makes it with so many partitions. */
  void ensure(String topic, int partitions) throws IOException {
    try (Admin admin = Admin.create(config.admin())) {
      if (!exists(admin, topic)) {
        make(admin, topic, partitions);
      }
    } catch (KafkaException e) {
      throw config.unusable(e);
    }
  }

  private boolean exists(Admin admin, String topic) throws IOException {
    try {
      await(admin.describeTopics(Set.of(topic)).allTopicNames());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw refusal("could not look for topic " + topic, topic, e.getCause());
    }
  }

  private void make(Admin admin, String topic, int partitions) throws IOException {
    NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    try {
      await(admin.createTopics(Set.of(wanted)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // another may have been quicker
        throw refusal(
            "there is no topic %s and none could be made".formatted(topic), topic, e.getCause());
      }
    }
  }

  private IOException refusal(String what, String topic, Throwable cause) {
    return cause instanceof InvalidTopicException
        ? config.failure("the broker takes no topic with the name " + topic, cause)
        : config.failure(what, cause);
  }

  private static <T> void await(KafkaFuture<T> answer) throws IOException, ExecutionException {
    try {
      T unused = answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the broker.", e);
    }
  }
}

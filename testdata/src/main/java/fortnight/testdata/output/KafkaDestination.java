package fortnight.testdata.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fortnight.testdata.delivery.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records as messages of a topic. The key is the customer id, so that the records of a
 * customer stay in order. The messages have no timestamps of their own, because the broker's
 * retention would delete old ones at once.
 */
final class KafkaDestination implements Destination {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaConfig config;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Creates the topic with this number of partitions if it does not exist. */
  KafkaDestination(KafkaConfig config, String topic, int partitions) throws IOException {
    this.config = config;
    this.topic = topic;
    try (Admin admin = Admin.create(config.admin())) {
      if (!topicExists(admin)) {
        createTopic(admin, partitions);
      }
    } catch (KafkaException e) {
      throw config.unusable(e);
    }
    try {
      producer =
          new KafkaProducer<>(
              config.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw config.unusable(e);
    }
  }

  /** An existing topic needs no right to create topics. */
  private boolean topicExists(Admin admin) throws IOException {
    try {
      await(admin.describeTopics(Set.of(topic)).allTopicNames());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw topicFailure("cannot look up the topic " + topic, e.getCause());
    }
  }

  private void createTopic(Admin admin, int partitions) throws IOException {
    NewTopic newTopic = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    try {
      await(admin.createTopics(Set.of(newTopic)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // created by another client meanwhile
        throw topicFailure(
            "the topic %s does not exist, and cannot be created".formatted(topic), e.getCause());
      }
    }
  }

  private IOException topicFailure(String what, Throwable cause) {
    return cause instanceof InvalidTopicException
        ? config.failure("the broker rejects the topic name " + topic, cause)
        : config.failure(what, cause);
  }

  private static <T> void await(KafkaFuture<T> answer) throws IOException, ExecutionException {
    try {
      T unused = answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the broker", e);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
  public void receive(Delivery delivery, byte[] buffer, int length) throws IOException {
    byte[] key = Long.toString(delivery.purchase().customer()).getBytes(US_ASCII);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, key, Arrays.copyOf(buffer, length));
    try {
      producer.send(
          message,
          (metadata, e) -> {
            if (e != null) {
              failure.compareAndSet(null, e);
            }
          });
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    throwFailure();
  }

  @Override
  public void flush() throws IOException {
    try {
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    throwFailure();
  }

  @Override
  public void finish() throws IOException {
    flush();
  }

  @Override
  public void complete() {
    // messages are visible as soon as they are acknowledged
  }

  @Override
  public void close() throws IOException {
    try {
      producer.close(failure.get() == null ? CLOSE_TIMEOUT : Duration.ZERO);
    } catch (KafkaException e) {
      throw config.failure("cannot close the producer", e);
    }
  }

  private void throwFailure() throws IOException {
    Exception e = failure.get();
    if (e != null) {
      throw config.failure("cannot write to the topic " + topic, e);
    }
  }
}

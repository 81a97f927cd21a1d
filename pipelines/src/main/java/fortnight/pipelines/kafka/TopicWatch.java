package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaErrors;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers every second which partitions a topic has, and whether it is still the same
 * topic. All readers of a run in this process share one; its thread runs while one of them is open.
 */
final class TopicWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private static final Map<String, TopicWatch> OF_RUNS = new HashMap<>();

  private static final long PAUSE_MILLIS = 1_000;
  private static final int TIMEOUT_MILLIS = 20_000;

  /** A broker that has just started may not know a topic yet. */
  private static final long ABSENT_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final TopicInput input;

  private int readers;
  private @Nullable Thread thread;

  private volatile @Nullable Partitions newest;
  private volatile @Nullable String end;

  private volatile @Nullable Uuid id;
  private volatile long lastAnswerAt;
  private volatile long absentSince;
  private volatile boolean isAbsent;
  private volatile boolean silenceIsReported;

  private TopicWatch(TopicInput input) {
    this.input = input;
  }

  /** The watch of a run, with one more reader; {@link #close} ends that. */
  static TopicWatch open(String runId, TopicInput input) {
    synchronized (OF_RUNS) {
      TopicWatch watch = OF_RUNS.computeIfAbsent(runId, run -> new TopicWatch(input));
      watch.addReader();
      return watch;
    }
  }

  /** The last answer of the brokers; empty before the first one. */
  Optional<Partitions> newest() {
    return Optional.ofNullable(newest);
  }

  /** Why the topic is not there any more, if it is not. */
  Optional<String> end() {
    return Optional.ofNullable(end);
  }

  /** One reader less; after the last one the thread ends. */
  void close() {
    Thread unused = removeReader();
    if (unused != null) {
      unused.interrupt();
      try {
        unused.join(TIMEOUT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized @Nullable Thread removeReader() {
    readers--;
    if (readers > 0) {
      return null;
    }
    Thread unused = thread;
    thread = null;
    return unused;
  }

  private synchronized void addReader() {
    readers++;
    if (thread == null) {
      thread = new Thread(this::watch, "partitions of " + input.topic().name());
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void watch() {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            input.topic().brokers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS / 2);
    lastAnswerAt = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        watch(settings);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("No reader of {} is left", input.topic(), e);
    }
  }

  /** Watches with one client until that fails; another one may succeed. */
  private void watch(Map<String, Object> settings) throws InterruptedException {
    Admin admin = null;
    try {
      admin = input.clients().admin(settings);
      while (!Thread.currentThread().isInterrupted()) {
        look(admin);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debug("The client for the partitions of {} failed", input.topic(), e);
      warnOf(System.nanoTime() - lastAnswerAt, e);
    } finally {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private void look(Admin admin) throws InterruptedException {
    long askedAt = System.nanoTime();
    String name = input.topic().name();
    try {
      TopicDescription topic = admin.describeTopics(Set.of(name)).allTopicNames().get().get(name);
      checkIsSame(topic.topicId());
      newest =
          new Partitions(
              askedAt,
              topic.partitions().stream()
                  .filter(partition -> partition.leader() != null)
                  .map(TopicPartitionInfo::partition)
                  .sorted()
                  .toList());
      lastAnswerAt = askedAt;
      isAbsent = false;
      silenceIsReported = false;
    } catch (ExecutionException e) {
      LOG.debug("The partitions of {} are not known at present", input.topic(), e);
      noteWhether(e.getCause() instanceof UnknownTopicOrPartitionException);
      warnOf(System.nanoTime() - lastAnswerAt, e.getCause());
    }
  }

  private void noteWhether(boolean absent) {
    if (absent && !isAbsent) {
      absentSince = System.nanoTime();
    }
    isAbsent = absent;
    if (absent && System.nanoTime() - absentSince > ABSENT_NANOS) {
      end = "the topic was deleted";
    }
  }

  private void checkIsSame(Uuid now) {
    if (now.equals(Uuid.ZERO_UUID)) {
      return; // Brokers before 2.8 have no ids.
    }
    if (id == null) {
      id = now;
    } else if (!id.equals(now)) {
      end = "the topic was deleted and created again";
    }
  }

  private void warnOf(long silence, Throwable cause) {
    if (silence > SILENT_NANOS && !silenceIsReported) {
      silenceIsReported = true;
      LOG.warn(
          "The watermark waits until brokers report the partitions of {}: {}",
          input.topic(),
          KafkaErrors.failure(input.topic(), input.clients(), cause).getMessage());
    }
  }

  /**
   * The partitions of a topic, as the brokers report them.
   *
   * @param askedAt when they were asked, by {@link System#nanoTime}
   * @param partitions those that can be read, in order
   */
  record Partitions(long askedAt, List<Integer> partitions) {
    /** Whether a partition that was made before this time is among them. */
    boolean isAfter(long nanoTime) {
      return askedAt - nanoTime > 0;
    }
  }
}

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
 * Polls the brokers every second for the partitions and the id of a topic. All readers of a run in
 * this process share one watcher, whose thread runs while a reader is open.
 */
final class TopicWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatcher.class);

  private static final Map<String, TopicWatcher> BY_RUN = new HashMap<>();

  private static final long INTERVAL_MILLIS = 1_000;
  private static final int TIMEOUT_MILLIS = 20_000;

  /** A topic is deleted if it is unknown for longer; a broker does not know all topics at start. */
  private static final long MAX_ABSENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final TopicInput input;

  private int readers;
  private @Nullable Thread thread;

  private volatile @Nullable Partitions partitions;
  private volatile @Nullable String failure;

  private volatile @Nullable Uuid id;
  private volatile long lastResponseNanoTime;
  private volatile long absentSince;
  private volatile boolean isAbsent;
  private volatile boolean isWarned;

  private TopicWatcher(TopicInput input) {
    this.input = input;
  }

  /** Returns the watcher of a run, and registers a reader; {@link #close} unregisters it. */
  static TopicWatcher open(String runId, TopicInput input) {
    synchronized (BY_RUN) {
      TopicWatcher watcher = BY_RUN.computeIfAbsent(runId, run -> new TopicWatcher(input));
      watcher.addReader();
      return watcher;
    }
  }

  /** Returns the last response of the brokers; empty before the first one. */
  Optional<Partitions> partitions() {
    return Optional.ofNullable(partitions);
  }

  /** Returns why the topic does not exist any more; empty if it exists. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Unregisters a reader; stops the thread if it was the last one. */
  void close() {
    Thread stopped = removeReader();
    if (stopped != null) {
      stopped.interrupt();
      try {
        stopped.join(TIMEOUT_MILLIS);
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
    Thread last = thread;
    thread = null;
    return last;
  }

  private synchronized void addReader() {
    readers++;
    if (thread == null) {
      thread = new Thread(this::run, "partitions of " + input.topic().name());
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            input.topic().brokers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS / 2);
    lastResponseNanoTime = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        pollWithClient(settings);
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("All readers of {} are closed", input.topic(), e);
    }
  }

  /** Polls with a new client until it fails. */
  private void pollWithClient(Map<String, Object> settings) throws InterruptedException {
    Admin admin = null;
    try {
      admin = input.clients().admin(settings);
      while (!Thread.currentThread().isInterrupted()) {
        poll(admin);
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debug("The client for the partitions of {} failed", input.topic(), e);
      warnAfterTimeout(e);
    } finally {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private void poll(Admin admin) throws InterruptedException {
    long requestNanoTime = System.nanoTime();
    String name = input.topic().name();
    try {
      TopicDescription topic = admin.describeTopics(Set.of(name)).allTopicNames().get().get(name);
      checkId(topic.topicId());
      partitions =
          new Partitions(
              requestNanoTime,
              topic.partitions().stream()
                  .filter(partition -> partition.leader() != null)
                  .map(TopicPartitionInfo::partition)
                  .sorted()
                  .toList());
      lastResponseNanoTime = requestNanoTime;
      isAbsent = false;
      isWarned = false;
    } catch (ExecutionException e) {
      LOG.debug("The request for the partitions of {} failed", input.topic(), e);
      checkAbsence(e.getCause() instanceof UnknownTopicOrPartitionException);
      warnAfterTimeout(e.getCause());
    }
  }

  private void checkAbsence(boolean isAbsentNow) {
    if (isAbsentNow && !isAbsent) {
      absentSince = System.nanoTime();
    }
    isAbsent = isAbsentNow;
    if (isAbsentNow && System.nanoTime() - absentSince > MAX_ABSENCE_NANOS) {
      failure = "the topic was deleted";
    }
  }

  private void checkId(Uuid current) {
    if (current.equals(Uuid.ZERO_UUID)) {
      return; // Brokers before 2.8 have no topic ids.
    }
    if (id == null) {
      id = current;
    } else if (!id.equals(current)) {
      failure = "the topic was deleted and created again";
    }
  }

  private void warnAfterTimeout(Throwable cause) {
    if (System.nanoTime() - lastResponseNanoTime > WARNING_NANOS && !isWarned) {
      isWarned = true;
      LOG.warn(
          "The watermark does not advance until the brokers report the partitions of {}: {}",
          input.topic(),
          KafkaErrors.failure(input.topic(), input.clients(), cause).getMessage());
    }
  }

  /**
   * The partitions of a topic.
   *
   * @param requestNanoTime the {@link System#nanoTime} at which they were requested
   * @param partitions the numbers of the partitions that have a leader, sorted
   */
  record Partitions(long requestNanoTime, List<Integer> partitions) {
    /** Whether they were requested after a time, and so include all partitions created before. */
    boolean isRequestedAfter(long nanoTime) {
      return requestNanoTime - nanoTime > 0;
    }
  }
}

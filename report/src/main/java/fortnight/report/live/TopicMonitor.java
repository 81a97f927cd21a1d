package fortnight.report.live;

import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import fortnight.common.kafka.KafkaErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks periodically which topics exist, assigns them to the {@link TopicReader}, and updates the
 * status of the stream. A check never throws, because the executor would cancel all later ones.
 * After a failure the next check uses new clients: a client whose thread ended with an error does
 * not recover.
 */
final class TopicMonitor implements Runnable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
  private static final int LIST_TIMEOUT_MILLIS = 1_000;

  /** The clients of the checks, which are created and closed together. */
  private record Clients(Admin admin, TopicStats stats, Optional<LatestEventTime> eventTime) {
    void close() {
      admin.close(CLOSE_TIMEOUT);
      eventTime.ifPresent(LatestEventTime::close);
    }
  }

  private final LiveOptions options;
  private final LiveState state;
  private final BrokerClients brokers;
  private final Optional<TopicReader> reader;
  private final Supplier<Admin> newAdmin;

  /** The ids of the result topics that the reader reads. */
  private final Map<String, Uuid> knownIds = new HashMap<>();

  private Optional<Clients> clients = Optional.empty();
  private StreamStatus.Topics checked = StreamStatus.Topics.NONE;

  /**
   * Monitors topics.
   *
   * @param reader empty if the results are in tables
   */
  TopicMonitor(
      LiveOptions options,
      LiveState state,
      BrokerClients brokers,
      Optional<TopicReader> reader,
      Supplier<Admin> newAdmin) {
    this.options = options;
    this.state = state;
    this.brokers = brokers;
    this.reader = reader;
    this.newAdmin = newAdmin;
  }

  private Optional<String> transactions() {
    return options.input().transactions();
  }

  /** The title of the result in a topic that the reader reads; empty for another topic. */
  private Optional<String> titleOf(String topic) {
    return reader.flatMap(results -> results.titleOf(topic));
  }

  private Clients clients() {
    if (clients.isEmpty()) {
      Admin admin = newAdmin.get();
      boolean isComplete = false;
      try {
        clients =
            Optional.of(
                new Clients(
                    admin,
                    new TopicStats(admin),
                    transactions().map(topic -> new LatestEventTime(brokers, options.timeZone()))));
        isComplete = true;
      } finally {
        if (!isComplete) {
          admin.close(Duration.ZERO);
        }
      }
    }
    return clients.get();
  }

  /**
   * Makes the first check, and one in each second from then on.
   *
   * @throws CommandException if there is nothing to show
   */
  void start(ScheduledExecutorService threads) {
    var unused =
        brokers.checked(
            () -> {
              checkFirst();
              return threads.scheduleWithFixedDelay(this, 1, 1, TimeUnit.SECONDS);
            });
  }

  private void checkFirst() {
    try {
      Set<String> existing = clients().admin().listTopics().names().get();
      if (reader.isPresent() && existing.stream().allMatch(topic -> titleOf(topic).isEmpty())) {
        throw CommandException.failed(
            "--input=%s: no result topic with this prefix exists, such as %s; start the pipeline first, or use its --output"
                .formatted(
                    brokers.address(),
                    brokers.address().plus(Analysis.WEEKLY_VOLUME.title()).name()));
      }
      if (!transactions().map(existing::contains).orElse(true)) {
        throw CommandException.failed(
            "--transactions=%s: the topic does not exist; create it, or correct its name"
                .formatted(transactions().get()));
      }
      check();
    } catch (ExecutionException e) {
      throw KafkaErrors.failure(brokers.address(), brokers.clients(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while waiting for the brokers", e);
    }
  }

  @Override
  public void run() {
    try {
      check();
    } catch (ExecutionException e) {
      reportFailure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      reportFailure(e);
    }
  }

  /** Without enough memory this can fail as well; then the next check reports the failure. */
  private void reportFailure(Throwable failure) {
    try {
      setStatus(checked.withProblem(sentence(failure)));
      Optional<Clients> failed = clients;
      clients = Optional.empty();
      failed.ifPresent(Clients::close);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      clients = Optional.empty();
    }
  }

  private void check() throws ExecutionException, InterruptedException {
    Clients current = clients();
    Map<String, String> titles = titlesOf(current.admin().listTopics().names().get());
    Set<String> existing = titles.keySet();
    Map<TopicPartition, Long> ends = current.stats().request(existing);
    assign(current.stats().ids(), ends.keySet());
    List<TopicStats.Topic> stats = new ArrayList<>();
    for (String topic : existing.stream().sorted().toList()) {
      stats.add(current.stats().of(titles.get(topic), topic, ends));
    }
    Map<TopicPartition, Long> input = new HashMap<>(ends);
    input.keySet().removeIf(partition -> !transactions().equals(Optional.of(partition.topic())));
    OptionalLong latest =
        current
            .eventTime()
            .map(eventTime -> eventTime.upTo(input, options.now()))
            .orElse(OptionalLong.empty());
    Optional<String> problem =
        deletedTopics(existing).or(() -> reader.flatMap(TopicReader::failure).map(this::sentence));
    setStatus(new StreamStatus.Topics(stats, latest, problem));
  }

  /** The titles of the results in existing topics by topic; the title of the input is empty. */
  private Map<String, String> titlesOf(Set<String> existing) {
    Map<String, String> titles = new HashMap<>();
    for (String topic : existing) {
      if (transactions().equals(Optional.of(topic))) {
        titles.put(topic, "");
      } else {
        titleOf(topic).ifPresent(title -> titles.put(topic, title));
      }
    }
    return titles;
  }

  /**
   * One sentence about a failure. If a topic is deleted after the check has listed the topics,
   * requests for it fail as unknown or time out; therefore the topics are listed again.
   */
  private String sentence(Throwable failure) {
    Optional<String> deleted =
        failure instanceof UnknownTopicOrPartitionException || failure instanceof TimeoutException
            ? clients.flatMap(current -> deletedTopics(current.admin()))
            : Optional.empty();
    return deleted.orElseGet(() -> brokers.sentence(failure));
  }

  /** Lists the topics; empty if the brokers do not answer. */
  private Optional<String> deletedTopics(Admin admin) {
    try {
      ListTopicsOptions timeout = new ListTopicsOptions().timeoutMs(LIST_TIMEOUT_MILLIS);
      return deletedTopics(admin.listTopics(timeout).names().get());
    } catch (ExecutionException | KafkaException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Assigns the result topics to the reader; all from the beginning if one was replaced. */
  private void assign(Map<String, Uuid> ids, Set<TopicPartition> partitions) {
    boolean isReplaced = false;
    for (Map.Entry<String, Uuid> topic : ids.entrySet()) {
      Optional<String> title = titleOf(topic.getKey());
      if (title.isPresent()) {
        Uuid before = knownIds.put(topic.getKey(), topic.getValue());
        if (before == null) {
          state.expect(title.get());
        } else {
          isReplaced |= !before.equals(topic.getValue());
        }
      }
    }
    Set<TopicPartition> results = new HashSet<>(partitions);
    results.removeIf(partition -> titleOf(partition.topic()).isEmpty());
    if (isReplaced) {
      knownIds.keySet().retainAll(ids.keySet());
      reader.ifPresent(topicReader -> topicReader.restart(results));
    } else {
      reader.ifPresent(topicReader -> topicReader.read(results));
    }
  }

  private Optional<String> deletedTopics(Set<String> existing) {
    Set<String> deleted = new TreeSet<>(knownIds.keySet());
    deleted.removeAll(existing);
    return deleted.isEmpty()
        ? Optional.empty()
        : Optional.of("these topics no longer exist: " + String.join(", ", deleted));
  }

  private void setStatus(StreamStatus.Topics newlyChecked) {
    checked = newlyChecked;
    state.update(status -> status.with(newlyChecked));
  }
}

package fortnight.report;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Asks the brokers again and again how the topics stand, and which of them are there. A run never
 * throws, whatever fails, so that the next one takes place; after a failure it has new clients,
 * since a client whose thread was ended by an error never answers again.
 */
final class StreamWatch implements Runnable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** Makes a client of the brokers. */
  interface AdminClients {
    Admin make() throws LiveFailed;
  }

  /** What asks the brokers, made together and closed together. */
  private record Clients(Admin admin, TopicQuestions questions, Optional<NewestEvents> events) {
    void close() {
      admin.close(CLOSING);
      events.ifPresent(NewestEvents::close);
    }
  }

  private final LiveRequest request;
  private final LiveState state;
  private final Brokers brokers;
  private final TopicReader reader;
  private final AdminClients adminClients;
  private final Map<String, String> titles;
  private final ResultTopics results;
  private Optional<Clients> clients = Optional.empty();
  private StreamStatus status;

  /** Titles by topic, those of results. */
  StreamWatch(
      LiveRequest request,
      LiveState state,
      Brokers brokers,
      TopicReader reader,
      Map<String, String> titles) {
    this(request, state, brokers, reader, titles, brokers::admin);
  }

  StreamWatch(
      LiveRequest request,
      LiveState state,
      Brokers brokers,
      TopicReader reader,
      Map<String, String> titles,
      AdminClients adminClients) {
    this.request = request;
    this.state = state;
    this.brokers = brokers;
    this.reader = reader;
    this.titles = titles;
    this.adminClients = adminClients;
    this.results = new ResultTopics(state, reader, titles);
    this.status = StreamStatus.unknown(request);
  }

  private Clients clients() throws LiveFailed {
    if (clients.isEmpty()) {
      Admin admin = adminClients.make();
      boolean isComplete = false;
      try {
        clients =
            Optional.of(
                new Clients(
                    admin,
                    new TopicQuestions(admin),
                    request.transactions().isPresent()
                        ? Optional.of(new NewestEvents(brokers, request.zone()))
                        : Optional.empty()));
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
   * Looks for the first time.
   *
   * @throws LiveFailed when there is nothing to be shown
   */
  void start() throws LiveFailed {
    try {
      Set<String> there = clients().admin().listTopics().names().get();
      if (titles.keySet().stream().noneMatch(there::contains)) {
        throw new LiveFailed(
            "--input=%s: the brokers have no topic of results with this prefix, as %s; start the pipeline first, or look at its --output"
                .formatted(request.results(), request.results().topic("weekly-volume")));
      }
      if (!request.transactions().map(there::contains).orElse(true)) {
        throw new LiveFailed(
            "--transactions=%s: the brokers have no such topic"
                .formatted(request.transactions().get()));
      }
      look();
    } catch (ExecutionException e) {
      throw new LiveFailed(brokers.sentence(e.getCause()));
    } catch (KafkaException e) {
      throw new LiveFailed(brokers.sentence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LiveFailed("interrupted");
    }
  }

  @Override
  public void run() {
    try {
      look();
    } catch (ExecutionException e) {
      failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      failed(e);
    }
  }

  /** With too little memory even this may fail; then the next run reports it. */
  private void failed(Throwable why) {
    try {
      Optional<Clients> broken = clients;
      clients = Optional.empty();
      status =
          new StreamStatus(
              request,
              status.topics(),
              clock(),
              status.newestEvent(),
              Optional.of(brokers.sentence(why)));
      state.streamIs(status);
      broken.ifPresent(Clients::close);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      clients = Optional.empty();
    }
  }

  private void look() throws ExecutionException, InterruptedException, LiveFailed {
    Clients now = clients();
    TopicQuestions questions = now.questions();
    Set<String> there = new HashSet<>(now.admin().listTopics().names().get());
    Map<String, String> known = new HashMap<>(titles);
    request.transactions().ifPresent(input -> known.put(input, ""));
    there.retainAll(known.keySet());
    Map<TopicPartition, Long> ends = questions.ends(there);
    results.read(questions.ids(), ends.keySet());
    List<TopicStatus> topics = new ArrayList<>();
    for (String topic : there.stream().sorted().toList()) {
      topics.add(questions.status(known.get(topic), topic, ends));
    }
    Map<TopicPartition, Long> input = new HashMap<>(ends);
    input
        .keySet()
        .removeIf(partition -> !request.transactions().equals(Optional.of(partition.topic())));
    OptionalLong newest =
        now.events().map(of -> of.upTo(input, clock())).orElse(OptionalLong.empty());
    Optional<String> problem =
        reader.failure().map(brokers::sentence).or(() -> results.missing(there));
    status = new StreamStatus(request, topics, clock(), newest, problem);
    state.streamIs(status);
  }

  private long clock() {
    return LocalDateTime.now(Clock.system(request.zone())).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}

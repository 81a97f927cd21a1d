package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.Analysis;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.report.Results;
import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A live page whose messages come from a test instead of a broker. */
final class FedPage implements AutoCloseable {
  private final LiveState state;
  private final LiveServer server;
  private final SetClock clock;

  /** The current time, until another one is set. */
  private static final class SetClock extends Clock {
    private volatile Clock clock = Clock.systemUTC();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }

  private FedPage(LiveState state, LiveServer server, SetClock clock) {
    this.state = state;
    this.server = server;
    this.clock = clock;
  }

  /** A page of all analyses, whose topics are empty. */
  static FedPage start() {
    return start(0);
  }

  static FedPage start(int port) {
    FedPage page = reading(port);
    page.complete();
    return page;
  }

  /** A page of all analyses, whose topics have not been read yet. */
  static FedPage reading(int port) {
    SetClock clock = new SetClock();
    LiveOptions options = options(port, Optional.of("sales"), clock);
    LiveState state = new LiveState(options);
    for (Analysis analysis : Results.ANALYSES) {
      state.expect(analysis.title());
    }
    state.expect(Analysis.DEAD_LETTERS);
    return new FedPage(state, LiveServer.start(options, state), clock);
  }

  static LiveOptions options(int port, Optional<String> transactions) {
    return options(port, transactions, Clock.systemUTC());
  }

  private static LiveOptions options(int port, Optional<String> transactions, Clock clock) {
    return new LiveOptions(
        new TopicInput(topics(transactions), new KafkaClients(null)),
        clock,
        "127.0.0.1",
        port,
        Optional.empty());
  }

  static ResultTopics topics(Optional<String> transactions) {
    return new ResultTopics(new TopicAddress("localhost:9092", "shop."), transactions);
  }

  void complete() {
    state.complete();
  }

  /** Sets the latest event time of the input topic, the clock, and the problem. */
  void status(String latestEventTime, String now, Optional<String> problem) {
    StreamStatus.Topics topics =
        new StreamStatus.Topics(List.of(), OptionalLong.of(millis(latestEventTime)), problem);
    clock.clock = Clock.fixed(Instant.ofEpochMilli(millis(now)), ZoneOffset.UTC);
    state.update(status -> status.with(topics));
  }

  private static long millis(String time) {
    return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  int openStreams() {
    return server.openStreams();
  }

  String address() {
    return server.address();
  }

  void catalog(String entry) throws IOException {
    state.readCatalog(new StringReader(entry));
  }

  /** Adds messages of the topic with this title. */
  void feed(String title, List<String> messages) {
    for (String message : messages) {
      state.add(title, "Partition 0, offset 7", message.getBytes(UTF_8), message);
    }
  }

  void feed(Analysis analysis, String... rows) {
    feed(analysis.title(), List.of(rows));
  }

  /** Adds all rows and dead letters. */
  void feed(Results results) {
    results.rows().forEach((analysis, rows) -> feed(analysis.title(), rows));
    feed(Analysis.DEAD_LETTERS, results.deadLetters());
  }

  @Override
  public void close() {
    server.close();
  }
}

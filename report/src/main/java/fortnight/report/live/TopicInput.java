package fortnight.report.live;

import fortnight.common.kafka.TopicChecks;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** Results in topics. */
public record TopicInput(StreamTopics topics) implements LiveInput {
  @Override
  public void check() {
    TopicChecks.checkBrokers(topics.clients(), topics.address());
  }

  @Override
  public void start(LiveOptions options, LiveState state, ScheduledExecutorService threads) {
    BrokerClients clients = BrokerClients.of(topics);
    TopicReader reader =
        clients.checked(
            () -> new TopicReader(state, clients.consumer(TopicReader.MAX_FETCH_BYTES), topics));
    new TopicMonitor(options, topics, state, clients, Optional.of(reader), clients::admin)
        .start(threads);
    threads.execute(reader);
  }

  @Override
  public Optional<String> transactions() {
    return topics.transactions();
  }

  @Override
  public Optional<String> redriveCommand() {
    return Optional.of(topics.redriveCommand());
  }

  @Override
  public String toString() {
    return topics.address().toString();
  }
}

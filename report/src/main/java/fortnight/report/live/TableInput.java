package fortnight.report.live;

import fortnight.common.jdbc.Database;
import fortnight.common.kafka.TopicChecks;
import fortnight.report.tables.ResultTables;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Results in tables.
 *
 * @param topics the input topic; empty if it is not monitored
 */
public record TableInput(Database database, Optional<StreamTopics> topics) implements LiveInput {
  @Override
  public void check() {
    new ResultTables(database).check();
    topics.ifPresent(input -> TopicChecks.checkBrokers(input.clients(), input.address()));
  }

  @Override
  public void start(LiveOptions options, LiveState state, ScheduledExecutorService threads) {
    topics.ifPresent(
        input -> {
          BrokerClients clients = BrokerClients.of(input);
          new TopicMonitor(options, input, state, clients, Optional.empty(), clients::admin)
              .start(threads);
        });
    threads.execute(new TableReader(state, database));
  }

  @Override
  public Optional<String> transactions() {
    return topics.flatMap(StreamTopics::transactions);
  }

  @Override
  public Optional<String> redriveCommand() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return database.address().withSchema();
  }
}

package fortnight.report.live;

import fortnight.common.jdbc.Database;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import fortnight.report.tables.ResultTables;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Results in tables.
 *
 * @param input the input topic; empty if it is not monitored
 */
public record TableInput(Database database, Optional<TopicAddress> input, KafkaClients clients)
    implements LiveInput {
  @Override
  public void check() {
    new ResultTables(database).check();
    input.ifPresent(topic -> TopicChecks.checkBrokers(clients, topic));
  }

  @Override
  public void start(LiveOptions options, LiveState state, ScheduledExecutorService threads) {
    input.ifPresent(
        topic -> {
          BrokerClients brokers = new BrokerClients(topic, clients);
          new TopicMonitor(options, state, brokers, Optional.empty(), brokers::admin)
              .start(threads);
        });
    threads.execute(new TableReader(state, database));
  }

  @Override
  public Optional<String> transactions() {
    return input.map(TopicAddress::name);
  }

  @Override
  public String deadLettersIn() {
    return "table";
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

package fortnight.report.live;

import fortnight.common.Analysis;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** Results in topics. */
public record TopicInput(ResultTopics topics, KafkaClients clients) implements LiveInput {
  @Override
  public void check() {
    TopicChecks.checkBrokers(clients, topics.prefix());
  }

  @Override
  public void start(LiveOptions options, LiveState state, ScheduledExecutorService threads) {
    BrokerClients brokers = new BrokerClients(topics.prefix(), clients);
    TopicReader reader =
        brokers.checked(
            () -> new TopicReader(state, brokers.consumer(TopicReader.MAX_FETCH_BYTES), topics));
    new TopicMonitor(options, state, brokers, Optional.of(reader), brokers::admin).start(threads);
    threads.execute(reader);
  }

  @Override
  public Optional<String> transactions() {
    return topics.transactions();
  }

  @Override
  public String deadLettersIn() {
    return "topic";
  }

  @Override
  public Optional<String> redriveCommand() {
    TopicAddress letters = topics.prefix().plus(Analysis.DEAD_LETTERS);
    TopicAddress input = letters.withName(topics.transactions().orElse("INPUT_TOPIC"));
    String config = clients.configFile();
    return Optional.of(
        "java -jar fortnight.jar redrive --from="
            + shellWord(letters.toString())
            + " --to="
            + shellWord(input.toString())
            + (config == null ? "" : " --kafkaConfig=" + shellWord(config)));
  }

  /** Quotes a word for a POSIX shell. */
  private static String shellWord(String word) {
    return word.matches("[\\w./:,@%+=-]*") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return topics.prefix().toString();
  }
}

package fortnight.report.live;

import fortnight.common.Analysis;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The topics of a pipeline, at the same brokers.
 *
 * @param prefix that of the result topics; empty if the results are in tables
 * @param transactions the name of the input topic
 */
public record StreamTopics(
    String brokers,
    Optional<String> prefix,
    Optional<String> transactions,
    Optional<Path> kafkaConfig) {

  KafkaClients clients() {
    return new KafkaClients(kafkaConfig.map(Path::toString).orElse(null));
  }

  /** The prefix of the results, or the input, for messages. */
  TopicAddress address() {
    return new TopicAddress(brokers, prefix.or(() -> transactions).orElse(""));
  }

  /**
   * The title of the result in a topic; empty for another topic. Which dimensions there are follows
   * from the topics.
   */
  Optional<String> titleOf(String topic) {
    if (prefix.isEmpty()
        || !topic.startsWith(prefix.get())
        || transactions.equals(Optional.of(topic))) {
      return Optional.empty();
    }
    String title = topic.substring(prefix.get().length());
    return title.equals(Analysis.DEAD_LETTERS)
        ? Optional.of(title)
        : Analysis.titled(title).map(Analysis::title);
  }

  /** The command that sends dead letters back to the input topic, except for --reason. */
  String redriveCommand() {
    TopicAddress input = address().withName(transactions.orElse("INPUT_TOPIC"));
    return "java -jar fortnight.jar redrive --from="
        + shellWord(address().plus(Analysis.DEAD_LETTERS).toString())
        + " --to="
        + shellWord(input.toString())
        + kafkaConfig.map(file -> " --kafkaConfig=" + shellWord(file.toString())).orElse("");
  }

  /** Quotes a word for a POSIX shell. */
  private static String shellWord(String word) {
    return word.matches("[\\w./:,@%+=-]*") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

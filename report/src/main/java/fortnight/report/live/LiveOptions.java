package fortnight.report.live;

import fortnight.common.Analysis;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a live page shows, and where it is served.
 *
 * @param results the prefix of the result topics
 * @param transactions the name of the pipeline's input topic, at the same brokers
 * @param timeZone of the business
 * @param port 0 for any free port
 * @param catalog a file with the names of items
 */
public record LiveOptions(
    TopicAddress results,
    Optional<String> transactions,
    ZoneId timeZone,
    String host,
    int port,
    Optional<Path> catalog,
    Optional<Path> kafkaConfig) {

  KafkaClients clients() {
    return new KafkaClients(kafkaConfig.map(Path::toString).orElse(null));
  }

  /**
   * The title of the result in a topic; empty for another topic. Which dimensions there are follows
   * from the topics.
   */
  Optional<String> titleOf(String topic) {
    if (!topic.startsWith(results.name()) || transactions.equals(Optional.of(topic))) {
      return Optional.empty();
    }
    String title = topic.substring(results.name().length());
    return title.equals(Analysis.DEAD_LETTERS)
        ? Optional.of(title)
        : Analysis.titled(title).map(Analysis::title);
  }

  private TopicAddress deadLetters() {
    return results.plus(Analysis.DEAD_LETTERS);
  }

  /** The command that sends dead letters back to the input topic, except for --reason. */
  String redriveCommand() {
    TopicAddress input = results.withName(transactions.orElse("INPUT_TOPIC"));
    return "java -jar fortnight.jar redrive --from="
        + shellWord(deadLetters().toString())
        + " --to="
        + shellWord(input.toString())
        + kafkaConfig.map(file -> " --kafkaConfig=" + shellWord(file.toString())).orElse("");
  }

  /** Quotes a word for a POSIX shell. */
  private static String shellWord(String word) {
    return word.matches("[\\w./:,@%+=-]*") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

package fortnight.report;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/** What is to be shown, and where. */
record LiveRequest(
    BrokerAddress results,
    Optional<String> transactions,
    ZoneId zone,
    String host,
    int port,
    Optional<Path> catalog,
    Optional<Path> kafkaConfig) {

  String deadLetters() {
    return results.topic(Report.DEAD_LETTERS);
  }

  /** The command that sends dead letters back, but for their reason. */
  String redrive() {
    String to = results.of(transactions.orElse("INPUT_TOPIC"));
    return "java -cp runners/target/fortnight.jar fortnight.pipelines.Redrive --from="
        + quoted(results.of(deadLetters()))
        + " --to="
        + quoted(to)
        + kafkaConfig.map(file -> " --kafkaConfig=" + quoted(file.toString())).orElse("");
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./:,@%+=-]*") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

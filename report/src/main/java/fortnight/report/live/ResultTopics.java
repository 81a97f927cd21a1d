package fortnight.report.live;

import fortnight.common.Analysis;
import fortnight.common.kafka.TopicAddress;
import java.util.Optional;

/**
 * The result topics of a pipeline.
 *
 * @param transactions the name of the input topic at the same brokers; empty if it is not monitored
 */
public record ResultTopics(TopicAddress prefix, Optional<String> transactions) {
  /**
   * The title of the result in a topic; empty for another topic. Which dimensions there are follows
   * from the topics.
   */
  Optional<String> titleOf(String topic) {
    if (!topic.startsWith(prefix.name()) || transactions.equals(Optional.of(topic))) {
      return Optional.empty();
    }
    String title = topic.substring(prefix.name().length());
    return title.equals(Analysis.DEAD_LETTERS)
        ? Optional.of(title)
        : Analysis.titled(title).map(Analysis::title);
  }
}

package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import fortnight.pipelines.encoding.MessageFormat;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.rows.ResultRow;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Output topics of one cluster.
 *
 * @param topics the topics, by the title of the result
 */
public record TopicOutput(Map<String, ResultTopic> topics, KafkaClients clients) implements Output {
  private static final Logger LOG = LoggerFactory.getLogger(TopicOutput.class);

  /** The topic of a result, and the format of its messages. */
  public record ResultTopic(TopicAddress address, MessageFormat format) {}

  @Override
  public Set<String> titles() {
    return topics.keySet();
  }

  @Override
  public String location(String title) {
    return topics.get(title).address().toString();
  }

  @Override
  public PTransform<PCollection<ResultRow>, PDone> write() {
    return new WriteTopics(this);
  }

  @Override
  public void check() {
    for (ResultTopic topic : topics.values()) {
      TopicChecks.createCompactedIfAbsent(clients, topic.address())
          .ifPresent(warning -> LOG.warn("{}", warning));
    }
  }
}

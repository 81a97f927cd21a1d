package fortnight.pipelines.kafka;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
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
public record TopicOutput(Map<String, TopicAddress> topics, KafkaClients clients)
    implements Output {
  private static final Logger LOG = LoggerFactory.getLogger(TopicOutput.class);

  @Override
  public Set<String> titles() {
    return topics.keySet();
  }

  @Override
  public String location(String title) {
    return topics.get(title).toString();
  }

  @Override
  public PTransform<PCollection<ResultRow>, PDone> write() {
    return new WriteTopics(this);
  }

  @Override
  public void check() {
    for (TopicAddress topic : topics.values()) {
      TopicChecks.createCompactedIfAbsent(clients, topic)
          .ifPresent(warning -> LOG.warn("{}", warning));
    }
  }
}

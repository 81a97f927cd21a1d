package fortnight.pipelines;

import fortnight.transforms.volumes.ComparisonWindows;
import java.util.Map;
import java.util.Set;

/**
 * Topics of one cluster.
 *
 * @param windows tell how long the window of a row is, which its key says
 */
record TopicOutput(
    Map<String, KafkaAddress> topics, ComparisonWindows windows, KafkaClients clients)
    implements Output {
  @Override
  public Set<String> titles() {
    return topics.keySet();
  }

  @Override
  public String path(String title) {
    return topics.get(title).toString();
  }
}

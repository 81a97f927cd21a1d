package fortnight.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Which topics of results there are, and whether they are still those that were read. */
final class ResultTopics {
  private final LiveState state;
  private final TopicReader reader;
  private final Map<String, String> titles;
  private final Map<String, Uuid> known = new HashMap<>();

  /** Titles by topic. */
  ResultTopics(LiveState state, TopicReader reader, Map<String, String> titles) {
    this.state = state;
    this.reader = reader;
    this.titles = titles;
  }

  /** Has them read; anew, when one was deleted and made again, as with a new broker's disk. */
  void read(Map<String, Uuid> ids, Set<TopicPartition> partitions) {
    boolean isAnew = false;
    for (Map.Entry<String, Uuid> topic : ids.entrySet()) {
      String title = titles.get(topic.getKey());
      if (title != null) {
        Uuid before = known.put(topic.getKey(), topic.getValue());
        if (before == null) {
          state.expect(title);
        } else {
          isAnew |= !before.equals(topic.getValue());
        }
      }
    }
    Set<TopicPartition> results = new HashSet<>(partitions);
    results.removeIf(partition -> !titles.containsKey(partition.topic()));
    if (isAnew) {
      known.keySet().retainAll(ids.keySet());
      reader.readAnew(results);
    } else {
      reader.read(results);
    }
  }

  /** A sentence, where one that was read is not there any more. */
  Optional<String> missing(Set<String> there) {
    Set<String> gone = new TreeSet<>(known.keySet());
    gone.removeAll(there);
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of("the brokers no longer have " + String.join(", ", gone));
  }
}

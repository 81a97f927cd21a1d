package fortnight.pipelines;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a run knows in this process of the topic that it reads, across partitions and readers. */
record TopicProgress(NewestEventTimes newest, ReadPositions positions) {
  private static final Map<String, TopicProgress> OF_RUNS = new ConcurrentHashMap<>();

  static TopicProgress of(String runId) {
    return OF_RUNS.computeIfAbsent(
        runId, run -> new TopicProgress(new NewestEventTimes(), new ReadPositions()));
  }
}

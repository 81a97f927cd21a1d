package fortnight.pipelines.run;

import fortnight.common.Analysis;
import fortnight.pipelines.rows.MeasureVolumes;
import fortnight.transforms.RejectReason;
import fortnight.transforms.duplicates.DropDuplicates;
import fortnight.transforms.parse.ParseTransactions;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** The counters of a run so far. */
record RunCounts(Map<String, Long> counters) {
  private static final String TOO_LATE = "droppedDueToLateness";

  static RunCounts of(PipelineResult result) {
    MetricsFilter ours =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.inNamespace(ParseTransactions.class))
            .addNameFilter(MetricNameFilter.inNamespace(DropDuplicates.class))
            .addNameFilter(MetricNameFilter.inNamespace(MeasureVolumes.class))
            .build();
    Map<String, Long> counters = new HashMap<>();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(ours).getCounters()) {
      // Attempted values count a retried bundle twice; some runners have no others.
      Long committed = counter.getCommittedOrNull();
      counters.merge(
          counter.getName().getName(),
          committed == null ? counter.getAttempted() : committed,
          Long::sum);
    }
    // Each runner uses another namespace.
    for (MetricResult<Long> counter : result.metrics().allMetrics().getCounters()) {
      if (counter.getName().getName().equalsIgnoreCase(TOO_LATE)) {
        counters.merge(TOO_LATE, counter.getAttempted(), Long::sum);
      }
    }
    return new RunCounts(counters);
  }

  /** Whether there are counters; a run that has just started may not have any. */
  boolean areKnown() {
    return counters.containsKey(ParseTransactions.READ);
  }

  long read() {
    return count(ParseTransactions.READ);
  }

  /** Valid records without duplicates. */
  long accepted() {
    return count(ParseTransactions.ACCEPTED) - duplicates();
  }

  long duplicates() {
    return count(DropDuplicates.DROPPED);
  }

  long outside() {
    return count(ParseTransactions.OUTSIDE);
  }

  /** Records that the conditions of the format exclude. */
  long filtered() {
    return count(ParseTransactions.FILTERED);
  }

  /** Offsets of a topic that were deleted before they were read. */
  long lost() {
    return count(ParseTransactions.LOST);
  }

  long rejected() {
    return rejectedByReason().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The number of rejected records for each reason that occurred. */
  Map<RejectReason, Long> rejectedByReason() {
    Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
    for (RejectReason reason : RejectReason.values()) {
      long count = count(ParseTransactions.REJECTED + reason);
      if (count > 0) {
        counts.put(reason, count);
      }
    }
    return counts;
  }

  /** Partial sums of bundles that were dropped, because their window was past allowed lateness. */
  long tooLate() {
    return count(TOO_LATE);
  }

  long rows(Analysis analysis) {
    return count(MeasureVolumes.ROWS + analysis.title());
  }

  private long count(String name) {
    return counters.getOrDefault(name, 0L);
  }
}

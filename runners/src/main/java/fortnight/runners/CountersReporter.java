package fortnight.runners;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.core.metrics.DefaultMetricResults;
import org.apache.beam.sdk.metrics.MetricKey;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Beam's counters in an embedded Flink while it runs. Flink knows them as metrics at once, but
 * hands them back to the program only when a job has ended, which a stream's does not.
 */
final class CountersReporter implements MetricReporter {
  /** Flink's name of a Beam counter: a class, which is the namespace, and the counter's name. */
  private static final Pattern BEAMS = Pattern.compile("((?:[a-z0-9_]+\\.)+[A-Z]\\w*)\\.(.+)");

  /** Also of those that have ended: what they have counted stays counted. */
  private static final Map<Counter, MetricName> COUNTERS = new ConcurrentHashMap<>();

  /** All that was counted in this process, as attempted. */
  static MetricResults counters() {
    List<MetricResult<Long>> counters = new ArrayList<>();
    COUNTERS.forEach(
        (counter, name) ->
            counters.add(
                MetricResult.attempted(MetricKey.create("running", name), counter.getCount())));
    return new DefaultMetricResults(
        counters, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    Matcher beams = BEAMS.matcher(name);
    if (metric instanceof Counter counter && beams.matches()) {
      COUNTERS.put(counter, MetricName.named(beams.group(1), beams.group(2)));
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}

package fortnight.runners.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Collects Beam's counters in an embedded Flink while a job runs. Flink's job result contains them
 * only when the job has ended, which a stream does not do.
 */
public final class CountersReporter implements MetricReporter {
  /** Flink's name of a Beam counter: its namespace, which is a class, and its name. */
  private static final Pattern BEAM_COUNTER =
      Pattern.compile("((?:[a-z0-9_]+\\.)+[A-Z]\\w*)\\.(.+)");

  /** Includes counters that were removed, since their values still count. */
  private static final Map<Counter, MetricName> COUNTERS = new ConcurrentHashMap<>();

  private CountersReporter() {}

  /** Creates the reporter; Flink's configuration contains the name of this class. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new CountersReporter();
    }
  }

  /** The attempted values of all counters in this process. */
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
    Matcher beamCounter = BEAM_COUNTER.matcher(name);
    if (metric instanceof Counter counter && beamCounter.matches()) {
      COUNTERS.put(counter, MetricName.named(beamCounter.group(1), beamCounter.group(2)));
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}

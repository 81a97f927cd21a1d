package fortnight.runners;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes {@link CountersReporter}s; Flink finds it by its name in the configuration. */
public final class CountersReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new CountersReporter();
  }
}

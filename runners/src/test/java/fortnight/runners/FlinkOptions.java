package fortnight.runners;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;

/** What this version of Flink makes of settings: names, types, and memory that adds up. */
final class FlinkOptions {
  private static final List<Class<?>> HOLDERS =
      List.of(
          CheckpointingOptions.class,
          ClusterOptions.class,
          CoreOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  private FlinkOptions() {}

  /** The settings that Flink does not know or cannot read; empty if all are right. */
  static List<String> problemsOf(Map<String, String> settings) {
    Configuration configuration = Configuration.fromMap(settings);
    List<String> problems = new ArrayList<>();
    for (String key : settings.keySet()) {
      Optional<ConfigOption<?>> option = all().filter(known -> known.key().equals(key)).findFirst();
      if (option.isEmpty()) {
        problems.add(key + " is no setting of Flink's");
      } else {
        try {
          configuration.get(option.get());
        } catch (IllegalArgumentException e) {
          problems.add(e.getMessage());
        }
      }
    }
    return problems;
  }

  /** Fails if a process of this size has no room for its parts. */
  static void shareOutMemory(Map<String, String> settings) {
    Configuration configuration = Configuration.fromMap(settings);
    TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
        configuration, JobManagerOptions.JVM_HEAP_MEMORY);
  }

  private static Stream<ConfigOption<?>> all() {
    return HOLDERS.stream()
        .flatMap(holder -> Stream.of(holder.getFields()))
        .flatMap(field -> of(field));
  }

  private static Stream<ConfigOption<?>> of(Field field) {
    try {
      return field.getType().equals(ConfigOption.class)
          ? Stream.of((ConfigOption<?>) field.get(null))
          : Stream.of();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}

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

/** Checks settings against this version of Flink: names, types, and memory sizes. */
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

  /** The errors of settings that Flink does not have or cannot parse. */
  static List<String> problemsOf(Map<String, String> settings) {
    Configuration configuration = Configuration.fromMap(settings);
    List<String> problems = new ArrayList<>();
    for (String key : settings.keySet()) {
      Optional<ConfigOption<?>> option = all().filter(known -> known.key().equals(key)).findFirst();
      if (option.isEmpty()) {
        problems.add(key + " is not a setting of Flink");
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

  /** Fails if the memory of a process is smaller than the sum of its parts. */
  static void divideMemory(Map<String, String> settings) {
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

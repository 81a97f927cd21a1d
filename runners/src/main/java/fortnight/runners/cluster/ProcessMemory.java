package fortnight.runners.cluster;

import fortnight.common.cli.CommandException;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The memory of Flink's processes: JVM flags and arguments, computed from the settings as Flink's
 * start scripts do it. The flags include those of {@code env.java.opts}.
 */
final class ProcessMemory {
  private final Configuration configuration;
  private final JobManagerProcessSpec jobManager;
  private final TaskExecutorProcessSpec taskManager;

  /**
   * Computes the memory from the settings of Flink.
   *
   * @throws CommandException if the memory is too small for its parts
   */
  ProcessMemory(Map<String, String> settings) {
    configuration = Configuration.fromMap(settings);
    try {
      taskManager = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
      jobManager =
          JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
              configuration, JobManagerOptions.JVM_HEAP_MEMORY);
    } catch (IllegalConfigurationException | IllegalArgumentException e) {
      throw CommandException.failed("Flink rejects a setting: " + e.getMessage(), e);
    }
  }

  List<String> jobManagerJvmFlags() {
    return jvmFlags(
        JobManagerProcessUtils.generateJvmParametersStr(jobManager, configuration),
        CoreOptions.FLINK_JM_JVM_OPTIONS);
  }

  List<String> jobManagerArguments() {
    return words(JobManagerProcessUtils.generateDynamicConfigsStr(jobManager));
  }

  List<String> taskManagerJvmFlags() {
    return jvmFlags(
        ProcessMemoryUtils.generateJvmParametersStr(taskManager), CoreOptions.FLINK_TM_JVM_OPTIONS);
  }

  /** Without these arguments a TaskManager does not start. */
  List<String> taskManagerArguments() {
    return words(TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManager));
  }

  /** The flags of the memory, those of all processes, and those of one kind of process. */
  private List<String> jvmFlags(String memory, ConfigOption<String> ofKind) {
    return words(
        String.join(
            " ",
            memory,
            configuration.get(CoreOptions.FLINK_JVM_OPTIONS),
            configuration.get(ofKind)));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}

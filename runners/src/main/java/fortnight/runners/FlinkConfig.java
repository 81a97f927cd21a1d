package fortnight.runners;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** What Flink needs to be told to run on a laptop, and the memory that follows from it. */
final class FlinkConfig {
  private final Map<String, String> settings;
  private final TaskExecutorProcessSpec taskManager;
  private final JobManagerProcessSpec jobManager;
  private final Configuration configuration;

  private FlinkConfig(Map<String, String> settings) {
    this.settings = settings;
    configuration = Configuration.fromMap(settings);
    taskManager = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    jobManager =
        JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
            configuration, JobManagerOptions.JVM_HEAP_MEMORY);
  }

  /** Ours where the overrides say nothing else; ports and directories are ours alone. */
  static FlinkConfig of(FlinkSettings settings, Ports ports, Path data) throws StackFailed {
    Map<String, String> all = new TreeMap<>(small());
    all.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
    all.put("state.backend.type", settings.stateBackend().nameInFlink);
    all.put("state.checkpoints.dir", data.resolve("checkpoints").toUri().toString());
    all.put("state.savepoints.dir", data.resolve("savepoints").toUri().toString());
    // Not *, with which every page in a browser may read what the REST API answers.
    all.put("web.access-control-allow-origin", "http://localhost:" + ports.clients());
    all.putAll(settings.overrides());
    all.putAll(onLocalhost());
    all.put("rest.port", Integer.toString(ports.clients()));
    all.put("rest.bind-port", Integer.toString(ports.clients()));
    all.put("jobmanager.rpc.port", Integer.toString(ports.inner()));
    try {
      return new FlinkConfig(all);
    } catch (IllegalConfigurationException | IllegalArgumentException e) {
      throw new StackFailed("Flink does not take these settings: " + e.getMessage(), e);
    }
  }

  /** Writes them to where Flink's processes read them; JSON is YAML. */
  void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(directory.resolve("config.yaml").toFile(), settings);
  }

  /** The JVM's flags. */
  List<String> jobManagerJvm() {
    return words(JobManagerProcessUtils.generateJvmParametersStr(jobManager, configuration));
  }

  /** The settings that Flink's scripts compute. */
  List<String> jobManagerArguments() {
    return words(JobManagerProcessUtils.generateDynamicConfigsStr(jobManager));
  }

  /** The JVM's flags. */
  List<String> taskManagerJvm() {
    return words(ProcessMemoryUtils.generateJvmParametersStr(taskManager));
  }

  /** The settings that Flink's scripts compute; without them a TaskManager does not start. */
  List<String> taskManagerArguments() {
    return words(TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManager));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private static Map<String, String> small() {
    return Map.ofEntries(
        Map.entry("jobmanager.memory.process.size", "768m"),
        Map.entry("jobmanager.memory.off-heap.size", "64m"),
        Map.entry("jobmanager.memory.jvm-overhead.min", "64m"),
        Map.entry("taskmanager.memory.process.size", "1536m"),
        Map.entry("taskmanager.memory.jvm-overhead.min", "64m"),
        Map.entry("taskmanager.memory.managed.fraction", "0.25"),
        // A batch job of this project has some thirty shuffles, each with buffers of its own.
        Map.entry("taskmanager.memory.network.min", "192m"),
        Map.entry("taskmanager.memory.network.max", "192m"),
        // So that a TaskManager that is gone is missed in 3 s, not in 20 s.
        Map.entry("heartbeat.interval", "1000"),
        // A TaskManager that is faster than its JobManager asks again soon, not in 10 s.
        Map.entry("cluster.registration.error-delay", "500"),
        Map.entry("state.backend.incremental", "true"),
        // For what is submitted with this configuration: batches keep their parallelism.
        Map.entry("execution.batch.adaptive.auto-parallelism.enabled", "false"),
        // From the page a Beam job's main runs inside the JobManager, and its exit ends that.
        Map.entry("web.submit.enable", "false"),
        Map.entry("web.cancel.enable", "false"));
  }

  private static Map<String, String> onLocalhost() {
    return Map.of(
        "jobmanager.rpc.address", "localhost",
        "jobmanager.bind-host", "localhost",
        "rest.address", "localhost",
        "rest.bind-address", "localhost",
        "taskmanager.host", "localhost",
        "taskmanager.bind-host", "localhost");
  }
}

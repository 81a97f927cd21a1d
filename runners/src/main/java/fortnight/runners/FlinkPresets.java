package fortnight.runners;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.ReadableConfig;

/** The configuration with which jobs are made here, unless the user brings one. */
final class FlinkPresets {
  private static final String BATCHES =
      """
      # By itself Flink reckons from the bytes that come to a step how many subtasks it is to have.
      # To what reads files come their names, which are few.
      %s: false
      """
          .formatted(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED.key());

  /** Flink's presets have network buffers for so many subtasks of every step at once. */
  private static final int MOST_AT_ONCE = 8;

  private static final String AT_ONCE =
      """
      # All steps of a batch run at once, which takes less time than one after the other.
      jobmanager.scheduler: Default
      execution.batch-shuffle-mode: ALL_EXCHANGES_PIPELINED
      """;

  private static final String EMBEDDED =
      """
      # For this process alone; Flink's own presets listen on every interface and take jars.
      rest.address: localhost
      rest.bind-address: localhost
      jobmanager.bind-host: localhost
      taskmanager.bind-host: localhost
      web.submit.enable: false
      web.cancel.enable: false
      web.access-control-allow-origin: http://localhost
      metrics.reporters: counters
      metrics.reporter.counters.factory.class: %s
      # A broker may be gone for a while; what fails again and again will not get better.
      restart-strategy.type: failure-rate
      restart-strategy.failure-rate.max-failures-per-interval: 3
      restart-strategy.failure-rate.failure-rate-interval: 30 s
      restart-strategy.failure-rate.delay: 1 s
      """
          .formatted(CountersReporterFactory.class.getName());

  /**
   * Flink's actor system has a shutdown hook of its own, which ends it while jobs still run and are
   * being cancelled, or while Flink unloads its classes.
   */
  private static final String ACTOR_SYSTEM_HOOKS = "pekko.jvm-shutdown-hooks";

  private FlinkPresets() {}

  /** For a Flink in this process. */
  static void forThisProcess(FlinkPipelineOptions options) {
    System.setProperty(ACTOR_SYSTEM_HOOKS, "off");
    Optional<FlinkState> state = FlinkState.of(options);
    if (isWithout(options)) {
      Path directory = directory();
      write(
          directory,
          BATCHES
              + (parallelism(options) > MOST_AT_ONCE ? "" : AT_ONCE)
              + EMBEDDED
              + "# All of it goes with this directory, however the process ends.\n"
              + "io.tmp.dirs: "
              + quoted(directory.toString())
              + "\n"
              + "# Kept as files, since in memory it may be 5 MB only.\n"
              + "state.checkpoints.dir: "
              + directory.resolve("checkpoints").toUri()
              + "\n");
      options.setFlinkConfDir(directory.toString());
    }
    state.ifPresent(kept -> addTo(options, kept));
  }

  /** Checkpoints are kept in the directory of the flag, whatever the configuration sets. */
  private static void addTo(FlinkPipelineOptions options, FlinkState state) {
    Map<String, String> settings =
        new TreeMap<>(
            (options.getFlinkConfDir() == null
                    ? GlobalConfiguration.loadConfiguration()
                    : GlobalConfiguration.loadConfiguration(options.getFlinkConfDir()))
                .toMap());
    settings.putAll(state.settings());
    Path directory = directory();
    StringBuilder yaml = new StringBuilder();
    settings.forEach((key, value) -> yaml.append(key + ": " + quoted(value) + "\n"));
    write(directory, yaml.toString());
    options.setFlinkConfDir(directory.toString());
  }

  /** For a cluster, to which jobs are sent. */
  static void forCluster(FlinkPipelineOptions options) {
    if (isWithout(options) && !FlinkClient.isThere()) {
      Path directory = directory();
      write(directory, BATCHES);
      options.setFlinkConfDir(directory.toString());
    }
  }

  /** Whether a batch's steps have as many subtasks as {@code --parallelism} says. */
  static boolean keepParallelism(FlinkPipelineOptions options) {
    return !configuration(options).get(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED);
  }

  private static int parallelism(FlinkPipelineOptions options) {
    int asked = options.getParallelism();
    return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
  }

  private static ReadableConfig configuration(FlinkPipelineOptions options) {
    if (FlinkClient.isThere()) {
      return FlinkClient.configuration();
    }
    return options.getFlinkConfDir() == null
        ? GlobalConfiguration.loadConfiguration()
        : GlobalConfiguration.loadConfiguration(options.getFlinkConfDir());
  }

  private static boolean isWithout(FlinkPipelineOptions options) {
    return options.getFlinkConfDir() == null && System.getenv("FLINK_CONF_DIR") == null;
  }

  /** Where Java's temporary files are; it goes with this process. */
  private static Path directory() {
    try {
      Path directory = Files.createTempDirectory("flink-");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> removeUnused(directory), "remove " + directory));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeUnused(Path directory) {

    FlinkJob.awaitNoneIsOpen();
    Directories.remove(directory);
  }

  /** In YAML. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static void write(Path directory, String configuration) {
    try {
      Files.writeString(directory.resolve("config.yaml"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package fortnight.runners.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.MoreFiles;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.RecursiveDeleteOption;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.ReadableConfig;

/** The configuration of Flink for jobs, unless the user sets {@code --flinkConfDir}. */
final class FlinkDefaults {
  private static final String BATCH =
      """
      # By default, Flink derives the parallelism of a step from the size of its input. Steps that
      # read files receive only the names of the files, and would not be parallel.
      %s: false
      """
          .formatted(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED.key());

  /** Flink's default number of network buffers suffices for pipelined steps up to here. */
  private static final int MAX_PIPELINED_PARALLELISM = 8;

  private static final String PIPELINED =
      """
      # All steps of a batch job run at once, which is faster than one after the other.
      jobmanager.scheduler: Default
      execution.batch-shuffle-mode: ALL_EXCHANGES_PIPELINED
      """;

  private static final String EMBEDDED =
      """
      # Only this process connects; Flink's defaults listen on all interfaces and accept jars.
      rest.address: localhost
      rest.bind-address: localhost
      jobmanager.bind-host: localhost
      taskmanager.bind-host: localhost
      web.submit.enable: false
      web.cancel.enable: false
      web.access-control-allow-origin: http://localhost
      metrics.reporters: counters
      metrics.reporter.counters.factory.class: %s
      # A job survives a broker that is away for a while, but not a failure that repeats.
      restart-strategy.type: failure-rate
      restart-strategy.failure-rate.max-failures-per-interval: 3
      restart-strategy.failure-rate.failure-rate-interval: 30 s
      restart-strategy.failure-rate.delay: 1 s
      """
          .formatted(CountersReporter.Factory.class.getName());

  /**
   * The setting of the shutdown hook of Flink's actor system. The hook would stop it while jobs are
   * being cancelled, or while Flink unloads its classes.
   */
  private static final String ACTOR_SYSTEM_HOOKS = "pekko.jvm-shutdown-hooks";

  private FlinkDefaults() {}

  /** Sets the configuration for an embedded Flink. */
  static void setForEmbedded(FlinkPipelineOptions options) {
    System.setProperty(ACTOR_SYSTEM_HOOKS, "off");
    if (!hasConfiguration(options)) {
      Path directory = createDirectory();
      write(
          directory,
          BATCH
              + (parallelism(options) > MAX_PIPELINED_PARALLELISM ? "" : PIPELINED)
              + EMBEDDED
              + "# Deleted with this directory, however the process ends.\n"
              + "io.tmp.dirs: "
              + quoted(directory.toString())
              + "\n"
              + "# In files, because the limit in memory is 5 MB.\n"
              + "state.checkpoints.dir: "
              + directory.resolve("checkpoints").toUri()
              + "\n");
      options.setFlinkConfDir(directory.toString());
    }
    RetainedCheckpoints.of(options).ifPresent(retained -> add(retained.settings(), options));
  }

  /** Sets the configuration for jobs that are submitted to a cluster. */
  static void setForCluster(FlinkPipelineOptions options) {
    if (!hasConfiguration(options) && !FlinkClient.isPresent()) {
      Path directory = createDirectory();
      write(directory, BATCH);
      options.setFlinkConfDir(directory.toString());
    }
  }

  /** Whether all steps of a batch job have the parallelism of {@code --parallelism}. */
  static boolean keepsParallelism(FlinkPipelineOptions options) {
    ReadableConfig configuration =
        FlinkClient.isPresent() ? FlinkClient.configuration() : load(options.getFlinkConfDir());
    return !configuration.get(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED);
  }

  /** Loads a configuration of Flink; from {@code FLINK_CONF_DIR} if the directory is null. */
  static Configuration load(String directory) {
    return directory == null
        ? GlobalConfiguration.loadConfiguration()
        : GlobalConfiguration.loadConfiguration(directory);
  }

  /** Adds settings to the configuration, over which they take precedence. */
  private static void add(Map<String, String> more, FlinkPipelineOptions options) {
    Map<String, String> settings = new TreeMap<>(load(options.getFlinkConfDir()).toMap());
    settings.putAll(more);
    StringBuilder yaml = new StringBuilder();
    settings.forEach((key, value) -> yaml.append(key + ": " + quoted(value) + "\n"));
    Path directory = createDirectory();
    write(directory, yaml.toString());
    options.setFlinkConfDir(directory.toString());
  }

  private static int parallelism(FlinkPipelineOptions options) {
    int parallelism = options.getParallelism();
    return parallelism > 0 ? parallelism : Runtime.getRuntime().availableProcessors();
  }

  private static boolean hasConfiguration(FlinkPipelineOptions options) {
    return options.getFlinkConfDir() != null || System.getenv("FLINK_CONF_DIR") != null;
  }

  /** Creates a temporary directory that is deleted when this JVM exits. */
  private static Path createDirectory() {
    try {
      Path directory = Files.createTempDirectory("flink-");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> deleteUnused(directory), "delete " + directory));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteUnused(Path directory) {
    FlinkJob.awaitEmbeddedClosed();
    try {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      return; // The JVM exits; there is no later time to delete the rest.
    }
  }

  /** Quotes text for YAML. */
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

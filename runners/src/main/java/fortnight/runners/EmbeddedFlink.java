package fortnight.runners;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/** The configuration of a Flink in this process. */
final class EmbeddedFlink {
  private EmbeddedFlink() {}

  /** Unless the user brings a configuration. It lies where Java's temporary files do. */
  static void configure(FlinkPipelineOptions options) {
    if (options.getFlinkConfDir() != null || System.getenv("FLINK_CONF_DIR") != null) {
      return;
    }
    try {
      Path directory = Files.createTempDirectory("flink-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Directories.remove(directory)));
      Files.writeString(
          directory.resolve("config.yaml"),
          """
          # For this process alone; Flink's own presets listen on every interface and take jars.
          rest.address: localhost
          rest.bind-address: localhost
          jobmanager.bind-host: localhost
          taskmanager.bind-host: localhost
          web.submit.enable: false
          metrics.reporters: counters
          metrics.reporter.counters.factory.class: %s
          # Kept as files, since in memory it may be 5 MB only.
          state.checkpoints.dir: %s
          # A broker may be gone for a while; what fails again and again will not get better.
          restart-strategy.type: failure-rate
          restart-strategy.failure-rate.max-failures-per-interval: 3
          restart-strategy.failure-rate.failure-rate-interval: 30 s
          restart-strategy.failure-rate.delay: 1 s
          """
              .formatted(
                  CountersReporterFactory.class.getName(),
                  directory.resolve("checkpoints").toUri()));
      options.setFlinkConfDir(directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

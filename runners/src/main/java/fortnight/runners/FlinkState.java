package fortnight.runners;

import fortnight.pipelines.options.RetailOptions;
import fortnight.pipelines.run.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state that an embedded Flink keeps between runs, in the directory of a flag. */
record FlinkState(Path directory) {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkState.class);

  private static final int BETWEEN_LOOKS_MILLIS = 1_000;

  /** What the options ask for, if they do. */
  static Optional<FlinkState> of(PipelineOptions options) {
    return Optional.ofNullable(options.as(RetailOptions.class).getStateDirectory())
        .map(directory -> new FlinkState(Path.of(directory).toAbsolutePath().normalize()));
  }

  /** The settings of Flink with which a job resumes from the newest checkpoint. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("state.checkpoints.dir", StateDirectory.checkpoints(directory).toUri().toString());
    try {
      Optional<Path> newest = StateDirectory.newestCheckpoint(directory);
      if (newest.isPresent()) {
        settings.put("execution.savepoint.path", newest.get().toUri().toString());
        // The job's first own checkpoint then refers to none that an earlier job has made.
        settings.put("execution.savepoint-restore-mode", "NO_CLAIM");
        System.err.println("Resuming from " + newest.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  /** Removes what earlier jobs have left, as soon as this one has a checkpoint. */
  void keepFrom(String job) {
    Thread removal = new Thread(() -> removeOlder(job), "remove older checkpoints");
    removal.setDaemon(true);
    removal.start();
  }

  private void removeOlder(String job) {
    try {
      while (!StateDirectory.removeOlder(directory, job)) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Older checkpoints in {} are kept", directory, e);
    }
  }
}

package fortnight.runners.flink;

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

/** The checkpoints of an embedded Flink that {@code --stateDirectory} keeps between runs. */
record RetainedCheckpoints(Path directory) {
  private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoints.class);

  private static final int POLL_MILLIS = 1_000;

  /** The checkpoints in {@code --stateDirectory}; empty if the flag is not set. */
  static Optional<RetainedCheckpoints> of(PipelineOptions options) {
    return Optional.ofNullable(options.as(RetailOptions.class).getStateDirectory())
        .map(directory -> new RetainedCheckpoints(Path.of(directory).toAbsolutePath().normalize()));
  }

  /** The settings of Flink with which a job resumes from the newest checkpoint. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("state.checkpoints.dir", StateDirectory.checkpoints(directory).toUri().toString());
    try {
      Optional<Path> newest = StateDirectory.newestCheckpoint(directory);
      if (newest.isPresent()) {
        settings.put("execution.savepoint.path", newest.get().toUri().toString());
        // The first checkpoint of the job then refers to none of an earlier job.
        settings.put("execution.savepoint-restore-mode", "NO_CLAIM");
        System.err.println("Resuming from " + newest.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  /** Deletes the checkpoints of earlier jobs once a job has one of its own; does not block. */
  void deleteOlderThan(String job) {
    Thread deletion = new Thread(() -> pollAndDelete(job), "delete older checkpoints");
    deletion.setDaemon(true);
    deletion.start();
  }

  private void pollAndDelete(String job) {
    try {
      while (!StateDirectory.removeOlder(directory, job)) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Older checkpoints in {} were not deleted", directory, e);
    }
  }
}

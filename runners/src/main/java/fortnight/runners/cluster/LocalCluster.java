package fortnight.runners.cluster;

import fortnight.common.cli.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster on this machine, each of whose parts is a process. Not thread-safe. */
public abstract class LocalCluster implements AutoCloseable {
  private static final int POLL_MILLIS = 100;

  final ClusterDirectories directories;
  private final Duration startTimeout;
  private long lastStart = System.nanoTime();

  /**
   * A cluster without processes.
   *
   * @param startTimeout the time from the start of a process until all are registered
   */
  LocalCluster(ClusterDirectories directories, Duration startTimeout) {
    this.directories = directories;
    this.startTimeout = startTimeout;
  }

  /** The processes, of which the first is the one that accepts jobs. */
  public abstract List<ClusterProcess> processes();

  /** Where jobs are submitted. */
  public abstract String address();

  /** The directory of logs, and of what else the user may keep. */
  public final Path data() {
    return directories.data();
  }

  /**
   * Whether all processes are registered with the first one.
   *
   * @throws CommandException if a process has exited, or on a timeout since the last start
   */
  public final boolean isReady() throws InterruptedException {
    for (ClusterProcess process : processes()) {
      if (!process.isAlive()) {
        throw CommandException.failed(
            "%s did not start: %s".formatted(process.name(), process.lastCause()));
      }
    }
    List<String> missing = missing();
    if (!missing.isEmpty() && System.nanoTime() - lastStart > startTimeout.toNanos()) {
      throw CommandException.failed(
          "%s did not start within %d s: %s not registered with the %s; increase"
                  .formatted(
                      engine(), startTimeout.toSeconds(), String.join(", ", missing), leader())
              + " --startTimeout, or reduce --taskManagers");
    }
    return missing.isEmpty();
  }

  /** Returns once this {@link #isReady}. */
  public final void awaitReady() throws InterruptedException {
    while (!isReady()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Stops all processes, and deletes everything but the user's data directory. */
  @Override
  public abstract void close();

  /** The names of the processes that are not registered. */
  abstract List<String> missing() throws InterruptedException;

  abstract String engine();

  /** What the engine calls its first process. */
  abstract String leader();

  /** Begins the time limit of a start. */
  final void startsNow() {
    lastStart = System.nanoTime();
  }

  /** Stops processes, one group after the other, and deletes the directories. */
  final void stop(List<List<ClusterProcess>> groups) {
    try {
      for (List<ClusterProcess> group : groups) {
        group.forEach(ClusterProcess::terminate);
        for (ClusterProcess process : group) {
          process.awaitExit();
        }
      }
    } catch (InterruptedException e) {
      groups.forEach(group -> group.forEach(ClusterProcess::terminate));
      Thread.currentThread().interrupt();
    } finally {
      directories.close();
    }
  }
}

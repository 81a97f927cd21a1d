package fortnight.runners;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Flink cluster on this machine, of real processes that can be killed and started one by one.
 *
 * <p>For use by one thread.
 */
final class LocalFlink implements AutoCloseable {
  private static final int PAUSE_MILLIS = 100;

  private final FlinkFiles files;
  private final FlinkConfig config;
  private final String address;
  private final Duration startTimeout;
  private final FlinkRest rest;
  private final List<FlinkProcess> taskManagers = new ArrayList<>();
  private FlinkProcess jobManager;
  private int taskManagersEver;
  private int jobManagersEver;
  private long lastStart;

  private LocalFlink(FlinkFiles files, FlinkConfig config, Ports ports, Duration startTimeout)
      throws StackFailed {
    this.files = files;
    this.config = config;
    this.startTimeout = startTimeout;
    address = "localhost:" + ports.clients();
    rest = new FlinkRest(address);
    jobManager = newJobManager();
  }

  /** Returns when jobs can be run. */
  static LocalFlink start(FlinkSettings settings) throws StackFailed, InterruptedException {
    LocalFlink launched = launch(settings);
    LocalFlink ready = null;
    try {
      launched.awaitReady();
      ready = launched;
      return ready;
    } finally {
      if (ready == null) {
        launched.close();
      }
    }
  }

  /** Returns when the processes have been started, which is long before they are ready. */
  static LocalFlink launch(FlinkSettings settings) throws StackFailed {
    Ports ports = Ports.pick(settings.port());
    FlinkFiles files = FlinkFiles.in(settings.data());
    LocalFlink flink = null;
    boolean complete = false;
    try {
      FlinkConfig config = FlinkConfig.of(settings, ports, files.data());
      config.writeTo(files.configuration());
      flink = new LocalFlink(files, config, ports, settings.startTimeout());
      for (int i = 0; i < settings.taskManagers(); i++) {
        flink.startTaskManager();
      }
      complete = true;
      return flink;
    } catch (IOException e) {
      throw new StackFailed("Flink's settings cannot be written: " + e + ".", e);
    } finally {
      if (!complete) {
        discard(flink, files);
      }
    }
  }

  /** Of the web UI and the REST API, as {@code localhost:8081}. */
  String address() {
    return address;
  }

  /** Where checkpoints, savepoints and logs are. */
  Path data() {
    return files.data();
  }

  FlinkProcess jobManager() {
    return jobManager;
  }

  /** Those that were started and not killed by {@link #kill}, in order of their start. */
  List<FlinkProcess> taskManagers() {
    return List.copyOf(taskManagers);
  }

  /** The JobManager and its TaskManagers. */
  List<FlinkProcess> processes() {
    return Stream.concat(Stream.of(jobManager), taskManagers.stream()).toList();
  }

  /** One more; jobs can use it once it {@link #isReady}. */
  FlinkProcess startTaskManager() throws StackFailed {
    lastStart = System.nanoTime();
    taskManagersEver++;
    String name = "taskmanager-" + taskManagersEver;
    List<String> arguments = new ArrayList<>(config.taskManagerArguments());
    arguments.add("-Dtaskmanager.resource-id=" + name);
    FlinkProcess started =
        FlinkProcess.start(name, files, TaskManager.class, config.taskManagerJvm(), arguments);
    taskManagers.add(started);
    return started;
  }

  /** Kills the JobManager and starts another one in its place, which knows none of its jobs. */
  FlinkProcess restartJobManager() throws StackFailed, InterruptedException {
    jobManager.kill();
    jobManager = newJobManager();
    return jobManager;
  }

  /** As {@code kill -9} does it; what is killed is not waited for any more. */
  void kill(FlinkProcess process) throws InterruptedException {
    process.kill();
    taskManagers.remove(process);
  }

  /**
   * Whether the JobManager knows all TaskManagers; fails if one of them has died by itself, or when
   * it takes too long since the last one was started.
   */
  boolean isReady() throws StackFailed, InterruptedException {
    for (FlinkProcess process : processes()) {
      if (!process.isAlive()) {
        throw new StackFailed(
            "%s did not start: %s".formatted(process.name(), process.lastCause()), null);
      }
    }
    List<String> names = taskManagers.stream().map(FlinkProcess::name).toList();
    Set<String> registered = rest.taskManagers();
    boolean isReady = registered.containsAll(names);
    if (!isReady && System.nanoTime() - lastStart > startTimeout.toNanos()) {
      List<String> missing = new ArrayList<>(names);
      missing.removeAll(registered);
      throw new StackFailed(
          "Flink is still starting after %d s: %s not registered with the JobManager. Raise"
                  .formatted(startTimeout.toSeconds(), String.join(", ", missing))
              + " --startTimeout, or start fewer --taskManagers.",
          null);
    }
    return isReady;
  }

  /** Returns when {@link #isReady}. */
  void awaitReady() throws StackFailed, InterruptedException {
    while (!isReady()) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** Returns when all processes have ended and what nobody asked to keep is deleted. */
  @Override
  public void close() throws StackFailed {
    try {
      // TaskManagers first: without a JobManager they try for long to say goodbye.
      taskManagers.forEach(FlinkProcess::askToStop);
      for (FlinkProcess taskManager : taskManagers) {
        taskManager.awaitStop();
      }
      jobManager.askToStop();
      jobManager.awaitStop();
    } catch (InterruptedException e) {
      processes().forEach(FlinkProcess::askToStop);
      Thread.currentThread().interrupt();
    } finally {
      files.close();
    }
  }

  /** Each has a log of its own. */
  private FlinkProcess newJobManager() throws StackFailed {
    lastStart = System.nanoTime();
    jobManagersEver++;
    return FlinkProcess.start(
        jobManagersEver == 1 ? "jobmanager" : "jobmanager-" + jobManagersEver,
        files,
        JobManager.class,
        config.jobManagerJvm(),
        config.jobManagerArguments());
  }

  private static void discard(LocalFlink flink, FlinkFiles files) throws StackFailed {
    if (flink == null) {
      files.close();
    } else {
      flink.close();
    }
  }
}

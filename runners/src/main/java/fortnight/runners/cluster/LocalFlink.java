package fortnight.runners.cluster;

import fortnight.common.cli.CommandException;
import fortnight.runners.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Flink cluster on this machine. Its processes can be killed and started one by one. Not
 * thread-safe.
 */
public final class LocalFlink implements AutoCloseable {
  private static final int POLL_MILLIS = 100;

  private final FlinkDirectories directories;
  private final ProcessMemory memory;
  private final String address;
  private final Duration startTimeout;
  private final FlinkRest rest;
  private final List<FlinkProcess> taskManagers = new ArrayList<>();
  private FlinkProcess jobManager;
  private int taskManagersStarted;
  private int jobManagersStarted;
  private long lastStart;

  private LocalFlink(
      FlinkDirectories directories, ProcessMemory memory, Ports ports, Duration startTimeout) {
    this.directories = directories;
    this.memory = memory;
    this.startTimeout = startTimeout;
    address = "localhost:" + ports.clients();
    rest = new FlinkRest(address);
    jobManager = newJobManager();
  }

  /**
   * Starts a cluster, and returns once it accepts jobs.
   *
   * @throws CommandException if it does not start
   */
  public static LocalFlink start(FlinkConfig config) throws InterruptedException {
    LocalFlink launched = launch(config);
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

  /** Starts the processes of a cluster, which is ready only some seconds later. */
  public static LocalFlink launch(FlinkConfig config) {
    Ports ports = Ports.choose(config.port());
    FlinkDirectories directories = FlinkDirectories.create(config.data());
    LocalFlink flink = null;
    boolean complete = false;
    try {
      Map<String, String> settings = config.settings(ports, directories.data());
      ProcessMemory memory = new ProcessMemory(settings);
      directories.writeConfiguration(settings);
      flink = new LocalFlink(directories, memory, ports, config.startTimeout());
      for (int i = 0; i < config.taskManagers(); i++) {
        flink.startTaskManager();
      }
      complete = true;
      return flink;
    } finally {
      if (!complete) {
        if (flink == null) {
          directories.close();
        } else {
          flink.close();
        }
      }
    }
  }

  /** The address of the web UI and the REST API, such as {@code localhost:8081}. */
  public String address() {
    return address;
  }

  /** The directory of checkpoints, savepoints and logs. */
  public Path data() {
    return directories.data();
  }

  public FlinkProcess jobManager() {
    return jobManager;
  }

  /** The TaskManagers that were not killed by {@link #kill}, in the order of their start. */
  public List<FlinkProcess> taskManagers() {
    return List.copyOf(taskManagers);
  }

  /** The JobManager and the TaskManagers. */
  public List<FlinkProcess> processes() {
    return Stream.concat(Stream.of(jobManager), taskManagers.stream()).toList();
  }

  /** Starts one more TaskManager, which jobs can use once this {@link #isReady}. */
  public FlinkProcess startTaskManager() {
    lastStart = System.nanoTime();
    taskManagersStarted++;
    String name = "taskmanager-" + taskManagersStarted;
    List<String> arguments = new ArrayList<>(memory.taskManagerArguments());
    arguments.add("-Dtaskmanager.resource-id=" + name);
    FlinkProcess started =
        FlinkProcess.start(
            name,
            directories,
            FlinkProcess.TaskManager.class,
            memory.taskManagerJvmFlags(),
            arguments);
    taskManagers.add(started);
    return started;
  }

  /** Kills the JobManager and starts another one, which has none of its jobs. */
  public FlinkProcess restartJobManager() throws InterruptedException {
    jobManager.kill();
    jobManager = newJobManager();
    return jobManager;
  }

  /** Sends SIGKILL to a process, and removes it from the TaskManagers. */
  public void kill(FlinkProcess process) throws InterruptedException {
    process.kill();
    taskManagers.remove(process);
  }

  /**
   * Whether all TaskManagers are registered with the JobManager.
   *
   * @throws CommandException if a process has exited, or on a timeout since the last start
   */
  public boolean isReady() throws InterruptedException {
    for (FlinkProcess process : processes()) {
      if (!process.isAlive()) {
        throw CommandException.failed(
            "%s did not start: %s".formatted(process.name(), process.lastCause()));
      }
    }
    List<String> missing = new ArrayList<>(taskManagers.stream().map(FlinkProcess::name).toList());
    Set<String> registered = rest.taskManagers();
    missing.removeAll(registered);
    if (!missing.isEmpty() && System.nanoTime() - lastStart > startTimeout.toNanos()) {
      throw CommandException.failed(
          "Flink did not start within %d s: %s not registered with the JobManager; increase"
                  .formatted(startTimeout.toSeconds(), String.join(", ", missing))
              + " --startTimeout, or reduce --taskManagers");
    }
    return missing.isEmpty();
  }

  /** Returns once this {@link #isReady}. */
  public void awaitReady() throws InterruptedException {
    while (!isReady()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Stops all processes, and deletes everything but the user's data directory. */
  @Override
  public void close() {
    try {
      // TaskManagers first: without a JobManager they wait long for a reply.
      taskManagers.forEach(FlinkProcess::terminate);
      for (FlinkProcess taskManager : taskManagers) {
        taskManager.awaitExit();
      }
      jobManager.terminate();
      jobManager.awaitExit();
    } catch (InterruptedException e) {
      processes().forEach(FlinkProcess::terminate);
      Thread.currentThread().interrupt();
    } finally {
      directories.close();
    }
  }

  /** Starts a JobManager with a log of its own. */
  private FlinkProcess newJobManager() {
    lastStart = System.nanoTime();
    jobManagersStarted++;
    return FlinkProcess.start(
        jobManagersStarted == 1 ? "jobmanager" : "jobmanager-" + jobManagersStarted,
        directories,
        FlinkProcess.JobManager.class,
        memory.jobManagerJvmFlags(),
        memory.jobManagerArguments());
  }
}

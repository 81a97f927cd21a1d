package fortnight.runners.cluster;

import fortnight.common.cli.CommandException;
import fortnight.common.process.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Flink cluster on this machine. Its processes can be killed and started one by one. Not
 * thread-safe.
 */
public final class LocalFlink extends LocalCluster {
  private final ProcessMemory memory;
  private final String address;
  private final FlinkRest rest;
  private final List<ClusterProcess> taskManagers = new ArrayList<>();
  private ClusterProcess jobManager;
  private int taskManagersStarted;
  private int jobManagersStarted;

  private LocalFlink(
      ClusterDirectories directories, ProcessMemory memory, Ports ports, Duration startTimeout) {
    super(directories, startTimeout);
    this.memory = memory;
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
    ClusterDirectories directories = ClusterDirectories.create("flink", config.data());
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
  @Override
  public String address() {
    return address;
  }

  public ClusterProcess jobManager() {
    return jobManager;
  }

  /** The TaskManagers that were not killed by {@link #kill}, in the order of their start. */
  public List<ClusterProcess> taskManagers() {
    return List.copyOf(taskManagers);
  }

  /** The JobManager and the TaskManagers. */
  @Override
  public List<ClusterProcess> processes() {
    return Stream.concat(Stream.of(jobManager), taskManagers.stream()).toList();
  }

  /** Starts one more TaskManager, which jobs can use once this {@link #isReady}. */
  public ClusterProcess startTaskManager() {
    startsNow();
    taskManagersStarted++;
    String name = "taskmanager-" + taskManagersStarted;
    List<String> arguments = new ArrayList<>(memory.taskManagerArguments());
    arguments.add("-Dtaskmanager.resource-id=" + name);
    ClusterProcess started =
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
  public ClusterProcess restartJobManager() throws InterruptedException {
    jobManager.kill();
    jobManager = newJobManager();
    return jobManager;
  }

  /** Sends SIGKILL to a process, and removes it from the TaskManagers. */
  public void kill(ClusterProcess process) throws InterruptedException {
    process.kill();
    taskManagers.remove(process);
  }

  /** Stops TaskManagers first: without a JobManager they wait long for a reply. */
  @Override
  public void close() {
    stop(List.of(taskManagers, List.of(jobManager)));
  }

  @Override
  List<String> missing() throws InterruptedException {
    List<String> missing =
        new ArrayList<>(taskManagers.stream().map(ClusterProcess::name).toList());
    missing.removeAll(rest.taskManagers());
    return missing;
  }

  @Override
  String engine() {
    return "Flink";
  }

  @Override
  String leader() {
    return "JobManager";
  }

  /** Starts a JobManager with a log of its own. */
  private ClusterProcess newJobManager() {
    startsNow();
    jobManagersStarted++;
    return FlinkProcess.start(
        jobManagersStarted == 1 ? "jobmanager" : "jobmanager-" + jobManagersStarted,
        directories,
        FlinkProcess.JobManager.class,
        memory.jobManagerJvmFlags(),
        memory.jobManagerArguments());
  }
}

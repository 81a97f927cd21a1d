package fortnight.runners.cluster;

import fortnight.common.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Configuration of a local cluster.
 *
 * @param port the port of the web UI and the REST API, 1 to 65535, or 0 for a free one
 * @param taskManagers the number of TaskManagers at the start
 * @param slots the number of slots of each TaskManager
 * @param stateBackend the state backend of jobs that set none
 * @param data the directory of checkpoints, savepoints and logs; if empty, they are deleted when
 *     the cluster stops
 * @param startTimeout the time until all TaskManagers must be registered
 * @param overrides settings of Flink, which take precedence over the defaults here
 */
public record FlinkConfig(
    int port,
    int taskManagers,
    int slots,
    StateBackend stateBackend,
    Optional<Path> data,
    Duration startTimeout,
    Map<String, String> overrides) {
  public static final int DEFAULT_PORT = 8081;
  public static final int DEFAULT_TASK_MANAGERS = 2;
  public static final int DEFAULT_SLOTS = 2;
  public static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(3);

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("jobmanager.memory.process.size", "768m"),
          Map.entry("jobmanager.memory.off-heap.size", "64m"),
          Map.entry("jobmanager.memory.jvm-overhead.min", "64m"),
          Map.entry("taskmanager.memory.process.size", "1536m"),
          Map.entry("taskmanager.memory.jvm-overhead.min", "64m"),
          Map.entry("taskmanager.memory.managed.fraction", "0.25"),
          // A batch job of this project has about 30 shuffles, each with its own buffers.
          Map.entry("taskmanager.memory.network.min", "192m"),
          Map.entry("taskmanager.memory.network.max", "192m"),
          // Detects a killed TaskManager within 3 s instead of 20 s.
          Map.entry("heartbeat.interval", "1000"),
          // A TaskManager that starts before its JobManager retries soon instead of after 10 s.
          Map.entry("cluster.registration.error-delay", "500"),
          Map.entry("state.backend.incremental", "true"),
          // Batch jobs that are submitted with this configuration keep their parallelism.
          Map.entry("execution.batch.adaptive.auto-parallelism.enabled", "false"),
          // A jar that the web UI submits runs in the JobManager, and System.exit would end it.
          Map.entry("web.submit.enable", "false"),
          Map.entry("web.cancel.enable", "false"));

  private static final Map<String, String> LOCALHOST =
      Map.of(
          "jobmanager.rpc.address", "localhost",
          "jobmanager.bind-host", "localhost",
          "rest.address", "localhost",
          "rest.bind-address", "localhost",
          "taskmanager.host", "localhost",
          "taskmanager.bind-host", "localhost");

  /** State backends, by the names of the flag. */
  public enum StateBackend {
    heap("hashmap"),
    rocksdb("rocksdb");

    private final String nameInFlink;

    StateBackend(String nameInFlink) {
      this.nameInFlink = nameInFlink;
    }
  }

  public FlinkConfig {
    overrides = Map.copyOf(overrides);
  }

  /** A cluster at a free port, without a directory of its own. */
  public static FlinkConfig temporary() {
    return new FlinkConfig(
        0,
        DEFAULT_TASK_MANAGERS,
        DEFAULT_SLOTS,
        StateBackend.heap,
        Optional.empty(),
        DEFAULT_START_TIMEOUT,
        Map.of());
  }

  public FlinkConfig withTaskManagers(int count, int slotsOfEach) {
    return new FlinkConfig(port, count, slotsOfEach, stateBackend, data, startTimeout, overrides);
  }

  public FlinkConfig withStartTimeout(Duration timeout) {
    return new FlinkConfig(port, taskManagers, slots, stateBackend, data, timeout, overrides);
  }

  /** Adds a setting of Flink. */
  public FlinkConfig with(String key, String value) {
    Map<String, String> more = new HashMap<>(overrides);
    more.put(key, value);
    return new FlinkConfig(port, taskManagers, slots, stateBackend, data, startTimeout, more);
  }

  /** The settings of Flink. The overrides set everything but ports and hosts. */
  Map<String, String> settings(Ports ports, Path dataDirectory) {
    Map<String, String> settings = new TreeMap<>(DEFAULTS);
    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
    settings.put("state.backend.type", stateBackend.nameInFlink);
    settings.put("state.checkpoints.dir", dataDirectory.resolve("checkpoints").toUri().toString());
    settings.put("state.savepoints.dir", dataDirectory.resolve("savepoints").toUri().toString());
    // With Flink's default of *, every page in the browser could read the REST API.
    settings.put("web.access-control-allow-origin", "http://localhost:" + ports.clients());
    settings.putAll(overrides);
    settings.putAll(LOCALHOST);
    settings.put("rest.port", Integer.toString(ports.clients()));
    settings.put("rest.bind-port", Integer.toString(ports.clients()));
    settings.put("jobmanager.rpc.port", Integer.toString(ports.internal()));
    return settings;
  }
}

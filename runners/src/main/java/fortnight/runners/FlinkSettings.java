package fortnight.runners;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a local cluster is to be.
 *
 * @param port of the web UI and the REST API, 1 to 65535, or 0 for a free one
 * @param taskManagers how many to start with
 * @param slots of each TaskManager
 * @param stateBackend what it is unless a job says otherwise
 * @param data where checkpoints, savepoints and logs are kept; without it they last as long as the
 *     cluster
 * @param startTimeout how long it may take until all TaskManagers have registered
 * @param overrides settings of Flink, stronger than ours
 */
record FlinkSettings(
    int port,
    int taskManagers,
    int slots,
    StateBackend stateBackend,
    Optional<Path> data,
    Duration startTimeout,
    Map<String, String> overrides) {
  static final int DEFAULT_PORT = 8081;
  static final int DEFAULT_TASK_MANAGERS = 2;
  static final int DEFAULT_SLOTS = 2;
  static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(3);

  /** Where a job's state lives, by the names that users know. */
  enum StateBackend {
    heap("hashmap"),
    rocksdb("rocksdb");

    final String nameInFlink;

    StateBackend(String nameInFlink) {
      this.nameInFlink = nameInFlink;
    }
  }

  FlinkSettings {
    overrides = Map.copyOf(overrides);
  }

  /** A free port, two TaskManagers of two slots, and nothing kept. */
  static FlinkSettings temporary() {
    return new FlinkSettings(
        0,
        DEFAULT_TASK_MANAGERS,
        DEFAULT_SLOTS,
        StateBackend.heap,
        Optional.empty(),
        DEFAULT_START_TIMEOUT,
        Map.of());
  }

  /** The same with so many TaskManagers of so many slots. */
  FlinkSettings withTaskManagers(int count, int slotsOfEach) {
    return new FlinkSettings(port, count, slotsOfEach, stateBackend, data, startTimeout, overrides);
  }

  /** The same, and its checkpoints, savepoints and logs are kept in a directory. */
  FlinkSettings withData(Path directory) {
    return new FlinkSettings(
        port, taskManagers, slots, stateBackend, Optional.of(directory), startTimeout, overrides);
  }

  /** The same, which gives up after another time. */
  FlinkSettings withStartTimeout(Duration timeout) {
    return new FlinkSettings(port, taskManagers, slots, stateBackend, data, timeout, overrides);
  }

  /** The same with one more setting of Flink's. */
  FlinkSettings with(String key, String value) {
    Map<String, String> more = new HashMap<>(overrides);
    more.put(key, value);
    return new FlinkSettings(port, taskManagers, slots, stateBackend, data, startTimeout, more);
  }
}

package fortnight.runners;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.FlagErrors;
import fortnight.common.process.StopSignal;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import fortnight.runners.cluster.ClusterProcess;
import fortnight.runners.cluster.FlinkConfig;
import fortnight.runners.cluster.FlinkConfig.StateBackend;
import fortnight.runners.cluster.LocalCluster;
import fortnight.runners.cluster.LocalFlink;
import fortnight.runners.cluster.LocalSpark;
import fortnight.runners.cluster.SparkConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code cluster}: runs a cluster of Flink or Spark, and a broker, until a signal stops
 * it.
 */
@Command(
    name = "cluster",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = {
      "Runs a Flink cluster, and with --broker a Kafka broker, until stopped.",
      "Each JobManager and TaskManager is a process, and all of them listen on localhost.",
      "With --engine=spark it is a Spark cluster of a master and workers."
    },
    footer = {
      "",
      "Everything that a stream needs:",
      "  cluster --broker",
      "State larger than memory; keep checkpoints, savepoints and topics:",
      "  cluster --broker --stateBackend=rocksdb --data=stack",
      "Configure Flink, with settings such as these in the file of --config:",
      "  taskmanager.memory.process.size=4g",
      "  execution.checkpointing.interval=10s",
      "For bounded runs on Spark:",
      "  cluster --engine=spark",
      "",
      "Exit status: 1 the cluster did not start, 2 wrong flags, 143 or 130 stopped by a signal."
    })
public final class LocalStack extends ServerCommand {
  private static final int MAX_COUNT = 100;
  private static final int POLL_MILLIS = 100;

  /** Ctrl-C in a terminal reaches all processes, and any of them may be the first to exit. */
  private static final int SIGNAL_DELAY_MILLIS = 1_000;

  /** What runs jobs, by the names of the flag. */
  enum Engine {
    flink(FlinkConfig.DEFAULT_PORT),
    spark(SparkConfig.DEFAULT_PORT);

    private final int port;

    Engine(int port) {
      this.port = port;
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "what runs jobs: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Engine engine = Engine.flink;

  @Option(
      names = "--taskManagers",
      paramLabel = "N",
      description =
          "number of TaskManagers, or of Spark's workers, each a process of up to 1.5 GB; default:"
              + " ${DEFAULT-VALUE}")
  private int taskManagers = FlinkConfig.DEFAULT_TASK_MANAGERS;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "slots of each TaskManager, or cores of each worker; the parallelism of a job is at most"
              + " N times --taskManagers; default: ${DEFAULT-VALUE}")
  private int slots = FlinkConfig.DEFAULT_SLOTS;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "port at which jobs are submitted, which is also that of Flink's web UI, 0 for a free"
              + " one; default: 8081, with Spark 7077")
  private Integer port;

  @Option(
      names = "--broker",
      arity = "0..1",
      fallbackValue = "" + BrokerConfig.DEFAULT_PORT,
      paramLabel = "PORT",
      description =
          "also run a Kafka broker, at "
              + BrokerConfig.DEFAULT_PORT
              + " unless PORT is set, 0 for a free one; default: no broker")
  private Integer brokerPort;

  @Option(
      names = "--stateBackend",
      paramLabel = "NAME",
      description = "state backend of jobs: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private StateBackend stateBackend = StateBackend.heap;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "directory of checkpoints, savepoints, logs and topics; default: a temporary one, deleted"
              + " when the cluster stops")
  private Path data;

  @Option(
      names = "--startTimeout",
      paramLabel = "TIME",
      description = "time limit of the start, such as 90s or 5m; default: 3m")
  private Duration startTimeout = FlinkConfig.DEFAULT_START_TIMEOUT;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "properties with settings of Flink, which take precedence over the defaults")
  private Path config;

  private FlinkConfig flink;
  private SparkConfig spark;
  private Optional<BrokerConfig> broker = Optional.empty();

  /** Runs until a signal ends the process; exits with 1 if the start fails, 2 on wrong flags. */
  public static void main(String[] args) {
    System.exit(new LocalStack().execute(System.out, System.err, args));
  }

  @Override
  protected void check(FlagErrors errors) {
    errors.checkRange("--taskManagers", taskManagers, 1, MAX_COUNT);
    errors.checkRange("--slots", slots, 1, MAX_COUNT);
    int port = this.port == null ? engine.port : this.port;
    errors.checkPort("--port", port);
    if (brokerPort != null) {
      errors.checkPort("--broker", brokerPort);
      errors.check(
          brokerPort == 0 || brokerPort != port,
          "--broker=%d: is the port of the %s; use another one"
              .formatted(brokerPort, engine == Engine.flink ? "web UI" : "master"));
      broker =
          Optional.of(
              new BrokerConfig(
                  brokerPort,
                  Optional.ofNullable(data).map(directory -> directory.resolve("topics")),
                  Map.of()));
    }
    errors.checkDirectory("--data", data);
    errors.check(!startTimeout.isZero(), "--startTimeout=0: must be longer than zero; use 3m");
    flink =
        new FlinkConfig(
            port,
            taskManagers,
            slots,
            stateBackend,
            Optional.ofNullable(data),
            startTimeout,
            readConfig(config, errors));
    if (engine == Engine.spark) {
      checkSpark(port, errors);
    }
  }

  private void checkSpark(int port, FlagErrors errors) {
    Path jar = SparkConfig.jarBesideThis();
    spark =
        new SparkConfig(jar, port, taskManagers, slots, Optional.ofNullable(data), startTimeout);
    errors.check(
        Files.isRegularFile(jar),
        "--engine=spark: needs %s, which does not exist; build it with mvn -q -DskipTests package"
            .formatted(jar));
    errors.check(
        stateBackend == StateBackend.heap,
        "--stateBackend: only for Flink; omit it, because runs on Spark have no state");
    errors.check(
        config == null, "--config: contains settings of Flink; set Spark's when you submit a job");
  }

  @Override
  void serve(StopSignal signal, PrintStream output, PrintStream errors)
      throws InterruptedException {
    // The broker stops last, because clients that lose their broker stop slowly.
    try (LocalBroker startedBroker = broker.map(LocalBroker::start).orElse(null);
        LocalCluster cluster = launch()) {
      while (!cluster.isReady()) {
        if (signal.arrivesWithin(POLL_MILLIS)) {
          return;
        }
      }
      describe(cluster, output);
      if (startedBroker != null) {
        startedBroker.reportDiskFailureTo(errors);
        output.println("Broker ready at " + startedBroker.address());
      }
      reportExits(cluster.processes(), signal, errors);
    } catch (CommandException e) {
      if (!signal.arrivesWithin(SIGNAL_DELAY_MILLIS)) {
        throw e;
      }
    }
  }

  private LocalCluster launch() {
    return engine == Engine.flink ? LocalFlink.launch(flink) : LocalSpark.launch(spark);
  }

  private void describe(LocalCluster started, PrintStream output) {
    List<ClusterProcess> processes = started.processes();
    String units = engine == Engine.flink ? "slots" : "cores";
    ClusterProcess first = processes.get(0);
    output.printf("%-14s process %d%n", first.name(), first.pid());
    for (ClusterProcess process : processes.subList(1, processes.size())) {
      output.printf("%-14s process %d, %d %s%n", process.name(), process.pid(), slots, units);
    }
    output.println(
        (engine == Engine.flink ? "Checkpoints, savepoints and logs are in " : "Logs are in ")
            + started.data()
            + (data == null ? ", which is deleted at the end" : ""));
    if (started instanceof LocalSpark ready) {
      output.println("Web UI at " + ready.webUi());
      output.println("Spark ready at " + ready.address());
    } else {
      output.println("Flink ready at http://" + started.address());
    }
  }

  /** Reports processes that exit, until the signal; a cluster continues without a TaskManager. */
  private static void reportExits(
      List<ClusterProcess> processes, StopSignal signal, PrintStream errors)
      throws InterruptedException {
    List<ClusterProcess> alive = new ArrayList<>(processes);
    while (!signal.arrivesWithin(POLL_MILLIS)) {
      List<ClusterProcess> exited = alive.stream().filter(process -> !process.isAlive()).toList();
      if (!exited.isEmpty() && !signal.arrivesWithin(SIGNAL_DELAY_MILLIS)) {
        exited.forEach(process -> errors.println("fortnight: " + process.exitMessage()));
      }
      alive.removeAll(exited);
    }
  }

  FlinkConfig flink() {
    return flink;
  }

  Optional<BrokerConfig> broker() {
    return broker;
  }
}

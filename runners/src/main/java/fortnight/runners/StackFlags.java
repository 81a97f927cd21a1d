package fortnight.runners;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags of {@link LocalStack}, as given. */
@Command(
    name = "LocalStack",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description =
        "A Flink cluster for a laptop, and a Kafka broker if asked for: each JobManager and"
            + " TaskManager a process, on localhost alone, until it is stopped.",
    footer = {
      "",
      "All that a stream needs:",
      "  LocalStack --broker",
      "State larger than memory, checkpoints, savepoints and topics that outlive it:",
      "  LocalStack --broker --stateBackend=rocksdb --data=stack",
      "Settings of Flink's own, by a FILE with",
      "  taskmanager.memory.process.size=4g",
      "  execution.checkpointing.interval=10s",
      "",
      "Exit status: 1 it could not start, 2 wrong flags, 143 or 130 it was stopped."
    })
final class StackFlags {
  @Option(
      names = "--taskManagers",
      paramLabel = "N",
      description = "how many, each a process of 1.5 GB at most; default: ${DEFAULT-VALUE}")
  int taskManagers = FlinkSettings.DEFAULT_TASK_MANAGERS;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "of each TaskManager; a job's parallelism is at most N times --taskManagers; default:"
              + " ${DEFAULT-VALUE}")
  int slots = FlinkSettings.DEFAULT_SLOTS;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "of the web UI and the REST API, 0 for a free one; default: ${DEFAULT-VALUE}")
  int port = FlinkSettings.DEFAULT_PORT;

  @Option(
      names = "--broker",
      arity = "0..1",
      fallbackValue = "" + BrokerSettings.DEFAULT_PORT,
      paramLabel = "PORT",
      description =
          "also start a Kafka broker, without PORT at "
              + BrokerSettings.DEFAULT_PORT
              + ", 0 for a free one; default: none")
  Integer broker;

  @Option(
      names = "--stateBackend",
      paramLabel = "NAME",
      description =
          "where jobs keep their state, ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  FlinkSettings.StateBackend stateBackend = FlinkSettings.StateBackend.heap;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where checkpoints, savepoints, logs and topics are kept; default: a directory that is"
              + " deleted at the end")
  Path data;

  @Option(
      names = "--startTimeout",
      paramLabel = "TIME",
      description =
          "how long the start may take, as 90s or 5m; a busy machine needs more; default:"
              + " ${DEFAULT-VALUE}")
  String startTimeout = "3m";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "properties with settings of Flink, stronger than the ones it has")
  Path config;

  @Option(names = "--help", usageHelp = true, description = "show this")
  boolean help;
}

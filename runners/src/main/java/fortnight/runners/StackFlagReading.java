package fortnight.runners;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Command line to settings; what is wrong is collected, not thrown. */
final class StackFlagReading {
  private static final int MOST = 100;

  private final StackFlags flags = new StackFlags();
  private final FlagProblems problems = new FlagProblems();
  private final FlinkSettings flink;

  private StackFlagReading(String... args) {
    problems.parse(flags, args);
    problems.checkRange("--taskManagers", flags.taskManagers, 1, MOST);
    problems.checkRange("--slots", flags.slots, 1, MOST);
    problems.checkPort("--port", flags.port);
    if (flags.broker != null) {
      problems.checkPort("--broker", flags.broker);
      checkOnePortEach(flags.broker);
    }
    problems.checkDirectory("--data", flags.data);
    flink =
        new FlinkSettings(
            flags.port,
            flags.taskManagers,
            flags.slots,
            flags.stateBackend,
            Optional.ofNullable(flags.data),
            problems.readProperties("--config", flags.config));
  }

  static StackFlagReading read(String... args) {
    return new StackFlagReading(args);
  }

  boolean asksForHelp() {
    return flags.help;
  }

  /** A sentence for each thing that is wrong; only without any do the settings mean something. */
  List<String> problems() {
    return problems.sentences();
  }

  FlinkSettings flink() {
    return flink;
  }

  /** Without it no broker is asked for. */
  Optional<BrokerSettings> broker() {
    return Optional.ofNullable(flags.broker)
        .map(
            port ->
                new BrokerSettings(
                    port,
                    Optional.ofNullable(flags.data).map(data -> data.resolve("topics")),
                    Map.of()));
  }

  private void checkOnePortEach(int broker) {
    if (broker != 0 && broker == flags.port) {
      problems.add("--broker=%d: is the port of the web UI".formatted(broker));
    }
  }
}

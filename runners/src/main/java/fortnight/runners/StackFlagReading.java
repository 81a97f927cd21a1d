package fortnight.runners;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Command line to settings; what is wrong is collected, not thrown. */
final class StackFlagReading {
  private static final int MOST = 100;
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})([sm])");

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
            startTimeout(),
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

  private Duration startTimeout() {
    Matcher length = LENGTH.matcher(flags.startTimeout);
    long number = length.matches() ? Long.parseLong(length.group(1)) : 0;
    if (number == 0) {
      problems.add("--startTimeout=%s: say 90s, or 3m".formatted(flags.startTimeout));
      return FlinkSettings.DEFAULT_START_TIMEOUT;
    }
    return length.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
  }

  private void checkOnePortEach(int broker) {
    if (broker != 0 && broker == flags.port) {
      problems.add("--broker=%d: is the port of the web UI".formatted(broker));
    }
  }
}

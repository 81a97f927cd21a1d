package fortnight.runners;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Command line to settings; what is wrong is collected, not thrown. */
final class BrokerFlagReading {
  private static final Set<String> DIRECTORIES = Set.of("log.dir", "log.dirs", "metadata.log.dir");

  private final BrokerFlags flags = new BrokerFlags();
  private final FlagProblems problems = new FlagProblems();
  private final BrokerSettings settings;

  private BrokerFlagReading(String... args) {
    problems.parse(flags, args);
    problems.checkPort("--port", flags.port);
    problems.checkDirectory("--data", flags.data);
    settings = new BrokerSettings(flags.port, Optional.ofNullable(flags.data), overrides());
  }

  static BrokerFlagReading read(String... args) {
    return new BrokerFlagReading(args);
  }

  boolean asksForHelp() {
    return flags.help;
  }

  /** A sentence for each thing that is wrong; only without any do the settings mean something. */
  List<String> problems() {
    return problems.sentences();
  }

  BrokerSettings settings() {
    return settings;
  }

  private Map<String, String> overrides() {
    Map<String, String> overrides = problems.readProperties("--config", flags.config);
    if (overrides.keySet().stream().anyMatch(DIRECTORIES::contains)) {
      problems.add(
          "--config=%s: where topics are kept is for --data to say".formatted(flags.config));
    }
    return overrides;
  }
}

package fortnight.runners;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command line to settings; what is wrong is collected, not thrown. */
final class BrokerFlagReading {
  private static final int HIGHEST_PORT = 65535;
  private static final Set<String> DIRECTORIES = Set.of("log.dir", "log.dirs", "metadata.log.dir");

  private final BrokerFlags flags = new BrokerFlags();
  private final List<String> problems = new ArrayList<>();
  private final BrokerSettings settings;

  private BrokerFlagReading(String... args) {
    CommandLine line = new CommandLine(flags);
    line.getCommandSpec().parser().collectErrors(true);
    line.parseArgs(args).errors().forEach(error -> problems.add(sentence(error)));
    if (flags.port < 0 || flags.port > HIGHEST_PORT) {
      problems.add("--port=%d: from 0 to %d".formatted(flags.port, HIGHEST_PORT));
    }
    if (flags.data != null && Files.exists(flags.data) && !Files.isDirectory(flags.data)) {
      problems.add("--data=%s: is a file, where a directory is needed".formatted(flags.data));
    }
    settings =
        new BrokerSettings(flags.port, Optional.ofNullable(flags.data), overrides(flags.config));
  }

  static BrokerFlagReading read(String... args) {
    return new BrokerFlagReading(args);
  }

  boolean asksForHelp() {
    return flags.help;
  }

  /** A sentence for each thing that is wrong; only without any do the settings mean something. */
  List<String> problems() {
    return problems;
  }

  BrokerSettings settings() {
    return settings;
  }

  private Map<String, String> overrides(Path file) {
    Map<String, String> overrides = new HashMap<>();
    if (file == null) {
      return overrides;
    }
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("--config=%s: cannot be read as properties (%s)".formatted(file, reason(e)));
    }
    if (properties.keySet().stream().anyMatch(DIRECTORIES::contains)) {
      problems.add("--config=%s: where topics are kept is for --data to say".formatted(file));
    }
    properties.forEach((name, value) -> overrides.put(name.toString(), value.toString().strip()));
    return overrides;
  }

  private static String reason(Exception e) {
    return e instanceof NoSuchFileException ? "no such file" : e.toString();
  }

  private static String sentence(Exception error) {
    if (error instanceof UnmatchedArgumentException unknown
        && !unknown.getSuggestions().isEmpty()) {
      return unknown.getMessage() + "; did you mean " + unknown.getSuggestions().get(0) + "?";
    }
    return error.getMessage();
  }
}

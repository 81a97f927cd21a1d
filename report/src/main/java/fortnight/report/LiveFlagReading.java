package fortnight.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command line to request; what is wrong is collected, not thrown. */
final class LiveFlagReading {
  private static final int HIGHEST_PORT = 65_535;

  private final LiveFlags flags = new LiveFlags();
  private final List<String> problems = new ArrayList<>();
  private final LiveRequest request;

  private LiveFlagReading(String... args) {
    CommandLine line = new CommandLine(flags);
    line.getCommandSpec().parser().collectErrors(true);
    line.parseArgs(args).errors().forEach(error -> problems.add(sentence(error)));
    if (flags.port < 0 || flags.port > HIGHEST_PORT) {
      problems.add("--port=%d: from 0 to %d".formatted(flags.port, HIGHEST_PORT));
    }
    checkFile("--catalog", flags.catalog);
    checkFile("--kafkaConfig", flags.kafkaConfig);
    request =
        new LiveRequest(
            results(),
            transactions(),
            zone(),
            flags.host,
            flags.port,
            Optional.ofNullable(flags.catalog),
            Optional.ofNullable(flags.kafkaConfig));
  }

  static LiveFlagReading read(String... args) {
    return new LiveFlagReading(args);
  }

  boolean asksForHelp() {
    return flags.help;
  }

  /** A sentence for each thing that is wrong; only without any does the request mean something. */
  List<String> problems() {
    return problems;
  }

  LiveRequest request() {
    return request;
  }

  private BrokerAddress results() {
    try {
      return BrokerAddress.parse(flags.input == null ? "kafka://none:0/" : flags.input);
    } catch (IllegalArgumentException e) {
      problems.add("--input=%s: %s".formatted(flags.input, e.getMessage()));
      return null;
    }
  }

  private Optional<String> transactions() {
    if (flags.transactions != null && !flags.transactions.matches("[A-Za-z0-9._-]{1,249}")) {
      problems.add(
          "--transactions=%s: say the topic's name alone, it is one of the brokers of --input"
              .formatted(flags.transactions));
    }
    return Optional.ofNullable(flags.transactions);
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(flags.timeZone);
    } catch (DateTimeException e) {
      problems.add(
          "--timeZone=%s: no such zone; say Europe/Berlin, or +02:00".formatted(flags.timeZone));
      return ZoneOffset.UTC;
    }
  }

  private void checkFile(String flag, Path file) {
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      problems.add("%s=%s: no file that can be read".formatted(flag, file));
    }
  }

  private static String sentence(Exception error) {
    if (error instanceof UnmatchedArgumentException unknown
        && !unknown.getSuggestions().isEmpty()) {
      return unknown.getMessage() + "; did you mean " + unknown.getSuggestions().get(0) + "?";
    }
    return error.getMessage();
  }
}

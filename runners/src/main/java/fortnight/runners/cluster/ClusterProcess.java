package fortnight.runners.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of a local cluster, which ends when this JVM does. Its output is its log. */
public final class ClusterProcess {
  private static final int STOP_TIMEOUT_SECONDS = 10;
  private static final String CAUSE = "Caused by: ";

  /** Lines of a log that report a failure: the JVM's own, and others by their level. */
  private static final Pattern FAILURE =
      Pattern.compile(
          "(?:.* (?:ERROR|FATAL) .*)|(?:(?:Error|Exception in thread|Could not|#) ?.*)");

  private final String name;
  private final Process process;
  private final Path log;

  private ClusterProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a JVM.
   *
   * @param arguments the arguments of java
   * @param environment variables in addition to those of this process
   */
  static ClusterProcess start(
      String name, Path log, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new ClusterProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw CommandException.failed("cannot start %s: %s".formatted(name, ErrorMessages.of(e)), e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL, and returns once the process has exited. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Returns once the process has exited; kills it after a timeout. */
  void awaitExit() throws InterruptedException {
    if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** One sentence about a process that has exited. */
  public String exitMessage() {
    return "%s exited with status %d; see its log %s".formatted(name, process.exitValue(), log);
  }

  /**
   * The last cause in the log; if there is none, the last error; if there is none, the last line.
   */
  String lastCause() {
    List<String> lines = new ArrayList<>();
    try (Stream<String> all = Files.lines(log, UTF_8)) {
      all.filter(line -> !line.isBlank() && !line.startsWith("\t")).forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      return "its log cannot be read: " + ErrorMessages.of(e);
    }
    Collections.reverse(lines);
    return lines.stream()
        .filter(line -> line.startsWith(CAUSE))
        .map(line -> line.substring(CAUSE.length()))
        .findFirst()
        .or(() -> lines.stream().filter(line -> FAILURE.matcher(line).matches()).findFirst())
        .or(() -> lines.stream().findFirst())
        .orElse("its log is empty");
  }
}

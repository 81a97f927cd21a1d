package fortnight.runners.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.runners.process.ParentWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A process of a local cluster: a JVM that loads only Flink, and that ends when this JVM does. Its
 * output is its log.
 */
public final class FlinkProcess {
  private static final int STOP_TIMEOUT_SECONDS = 10;
  private static final String CAUSE = "Caused by: ";

  /** Lines of a log that report a failure: the JVM's own, and Flink's by their level. */
  private static final Pattern FAILURE =
      Pattern.compile(
          "(?:.* (?:ERROR|FATAL) .*)|(?:(?:Error|Exception in thread|Could not|#) ?.*)");

  /** The packages that Flink needs to be open on Java 17. */
  private static final List<String> OPEN_PACKAGES =
      Stream.of(
              "java.lang",
              "java.lang.reflect",
              "java.io",
              "java.net",
              "java.nio",
              "java.text",
              "java.time",
              "java.util",
              "java.util.concurrent",
              "java.util.concurrent.atomic",
              "java.util.concurrent.locks",
              "sun.nio.ch")
          .map(name -> "--add-opens=java.base/%s=ALL-UNNAMED".formatted(name))
          .toList();

  /** The format of the log is that of Flink's start scripts; the level is INFO. */
  private static final List<String> LOGGING =
      List.of(
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
          "-Dorg.slf4j.simpleLogger.showThreadName=false");

  private final String name;
  private final Process process;
  private final Path log;

  private FlinkProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** The main class of a JobManager. */
  public static final class JobManager {
    private JobManager() {}

    public static void main(String[] args) {
      ParentWatch.start();
      StandaloneSessionClusterEntrypoint.main(args);
    }
  }

  /** The main class of a TaskManager. */
  public static final class TaskManager {
    private TaskManager() {}

    public static void main(String[] args) throws Exception {
      ParentWatch.start();
      TaskManagerRunner.main(args);
    }
  }

  static FlinkProcess start(
      String name,
      FlinkDirectories directories,
      Class<?> main,
      List<String> jvmFlags,
      List<String> arguments) {
    Path log = directories.logFile(name);
    try {
      Path work = directories.createWorkDirectory(name);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmFlags);
      command.addAll(OPEN_PACKAGES);
      command.addAll(LOGGING);
      command.add("-Djava.system.class.loader=" + FlinkClassLoader.class.getName());
      command.add("-Dfile.encoding=UTF-8");
      command.addAll(ParentWatch.jvmFlags(work));
      // The property by which the web UI finds the log.
      command.add("-Dlog.file=" + log);
      command.add(main.getName());
      command.add("--configDir");
      command.add(directories.configuration().toString());
      command.add("-Dio.tmp.dirs=" + work);
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new FlinkProcess(name, builder.start(), log);
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

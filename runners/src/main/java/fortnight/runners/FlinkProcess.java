package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** A JobManager or a TaskManager: a JVM that sees Flink only and does not outlive this one. */
final class FlinkProcess {
  private static final int PATIENCE_SECONDS = 10;
  private static final String CAUSE = "Caused by: ";

  /** The JVM's own lines about a failure begin thus; Flink's lines bear their level. */
  private static final Pattern FAILURE =
      Pattern.compile(
          "(?:.* (?:ERROR|FATAL) .*)|(?:(?:Error|Exception in thread|Could not|#) ?.*)");

  /** What Flink needs on Java 17. */
  private static final List<String> OPEN =
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

  /** As Flink's own scripts have it: everything from INFO on goes to the log. */
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

  static FlinkProcess start(
      String name, FlinkFiles files, Class<?> main, List<String> jvm, List<String> arguments)
      throws StackFailed {
    Path log = files.log(name);
    try {
      Path work = files.workOf(name);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvm);
      command.addAll(OPEN);
      command.addAll(LOGGING);
      command.add("-Djava.system.class.loader=" + FlinkOnly.class.getName());
      command.add("-Dfile.encoding=UTF-8");
      command.addAll(Parent.flags(work));
      // Where the web UI looks for it.
      command.add("-Dlog.file=" + log);
      command.add(main.getName());
      command.add("--configDir");
      command.add(files.configuration().toString());
      command.add("-Dio.tmp.dirs=" + work);
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new FlinkProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new StackFailed("%s cannot be started: %s.".formatted(name, e), e);
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9} or a power cut does it; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void askToStop() {
    process.destroy();
  }

  /** Returns when it has stopped, or was made to. */
  void awaitStop() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** How it ended, in one sentence. */
  String obituary() {
    return "%s has ended with status %d; its log is %s".formatted(name, process.exitValue(), log);
  }

  /** The last cause in its log, or else its last error, or else its last line. */
  String lastCause() {
    List<String> lines = new ArrayList<>();
    try (Stream<String> all = Files.lines(log, UTF_8)) {
      all.filter(line -> !line.isBlank() && !line.startsWith("\t")).forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      return "its log cannot be read: " + e;
    }
    Collections.reverse(lines);
    return lines.stream()
        .filter(line -> line.startsWith(CAUSE))
        .map(line -> line.substring(CAUSE.length()))
        .findFirst()
        .or(() -> lines.stream().filter(line -> FAILURE.matcher(line).matches()).findFirst())
        .or(() -> lines.stream().findFirst())
        .orElse("it said nothing");
  }
}

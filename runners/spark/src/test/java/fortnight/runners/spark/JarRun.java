package fortnight.runners.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A finished process of one of the jars. */
record JarRun(int status, String output, String errors) {
  private static final Path JARS = Path.of("..", "target").toAbsolutePath().normalize();
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final int POLL_MILLIS = 50;

  static final Path TESTDATA = ROOT.resolve("testdata");

  /**
   * Runs {@code fortnight-spark.jar}.
   *
   * @param directory contains the files for the output
   * @param jvmFlags flags of java
   */
  static JarRun spark(Path directory, List<String> jvmFlags, String... args)
      throws IOException, InterruptedException {
    return finish(start(directory, "fortnight-spark.jar", jvmFlags, args), directory);
  }

  /** Runs {@code fortnight.jar}, without the child for which a run has flags. */
  static JarRun fortnight(Path directory, String... args) throws IOException, InterruptedException {
    return finish(start(directory, "fortnight.jar", List.of("-Xmx1g"), args), directory);
  }

  /** Starts a process, whose output is appended to files in the directory. */
  static Process start(Path directory, String jar, List<String> jvmFlags, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(jvmFlags);
    command.add("-jar");
    command.add(JARS.resolve(jar).toString());
    command.addAll(List.of(args));
    return start(directory, command);
  }

  /** Starts {@link Runs} with the classes of a jar and the JVM flags of this process. */
  static Process startRuns(Path directory, String jar, List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    // What the manifest of a jar permits does not apply to a jar on the class path.
    command.add("--enable-native-access=ALL-UNNAMED");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.matches("(-X|-D|--add-opens).*"))
        .forEach(command::add);
    Path tests = Path.of("target", "test-classes").toAbsolutePath();
    command.add("-cp");
    command.add(JARS.resolve(jar) + File.pathSeparator + tests);
    command.add(Runs.class.getName());
    command.addAll(args);
    return start(directory, command);
  }

  private static Process start(Path directory, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dsun.misc.unsafe.memory.access=allow"); // Java 24 and later warn of Beam's use.
    command.addAll(arguments);
    Files.createDirectories(directory);
    return new ProcessBuilder(command)
        .directory(ROOT.toFile())
        .redirectOutput(directory.resolve("stdout").toFile())
        .redirectError(directory.resolve("stderr").toFile())
        .start();
  }

  /** Waits for the end of a process that was started with this directory. */
  static JarRun finish(Process process, Path directory) throws IOException, InterruptedException {
    try {
      int status = process.waitFor();
      return new JarRun(
          status,
          Files.readString(directory.resolve("stdout")),
          Files.readString(directory.resolve("stderr")));
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Waits for a line of standard output with this prefix; returns the rest of it.
   *
   * @param directory with which the process was started
   */
  static String awaitLine(Process process, Path directory, String prefix)
      throws IOException, InterruptedException {
    Path output = directory.resolve("stdout");
    while (process.isAlive()) {
      for (String line : Files.readAllLines(output)) {
        if (line.startsWith(prefix)) {
          return line.substring(prefix.length());
        }
      }
      process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException("ended without " + prefix + ": " + Files.readString(output));
  }

  /** The errors without progress, of which a slow machine has more. */
  List<String> errorsWithoutProgress() {
    return errors.lines().filter(line -> !line.matches("\\d+ s: [\\d,]+ records read")).toList();
  }
}

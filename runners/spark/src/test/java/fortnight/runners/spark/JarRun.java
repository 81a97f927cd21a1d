package fortnight.runners.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A finished process of one of the jars. */
record JarRun(int status, String output, String errors) {
  private static final Path JARS = Path.of("..", "target").toAbsolutePath().normalize();
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  static final Path SAMPLE = ROOT.resolve(Path.of("testdata", "sample"));

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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.add("-jar");
    command.add(JARS.resolve(jar).toString());
    command.addAll(List.of(args));
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

  /** The errors without progress, of which a slow machine has more. */
  List<String> errorsWithoutProgress() {
    return errors.lines().filter(line -> !line.matches("\\d+ s: [\\d,]+ records read")).toList();
  }
}

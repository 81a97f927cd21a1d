package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command of the jar that runs until it is stopped; it and its children end with the test. */
final class Service implements AutoCloseable {
  /** What SIGTERM makes of any JVM. */
  static final int TERMINATED = 128 + 15;

  private static final Path JAR = Path.of("target", "fortnight.jar").toAbsolutePath();

  private final Process process;
  private final Path directory;
  private final BufferedReader output;
  private List<ProcessHandle> children = List.of();

  private Service(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
    output = process.inputReader(UTF_8);
  }

  /** The same, in a process whose files may have so many KiB. */
  static Service startWithLargestFile(
      Path directory, int kibibytes, Class<?> command, String... args) throws IOException {
    return start(
        directory,
        List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash"),
        command,
        args);
  }

  /** Runs the command's class; what it says and leaves is found in this directory. */
  static Service start(Path directory, Class<?> command, String... args) throws IOException {
    return start(directory, List.of(), command, args);
  }

  private static Service start(
      Path directory, List<String> before, Class<?> command, String... args) throws IOException {
    Files.createDirectories(temporary(directory));
    List<String> line = new ArrayList<>(before);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Djava.io.tmpdir=" + temporary(directory));
    line.add("-cp");
    line.add(JAR.toString());
    line.add(command.getName());
    line.addAll(List.of(args));
    Process process =
        new ProcessBuilder(line).redirectError(directory.resolve("stderr").toFile()).start();
    return new Service(process, directory);
  }

  /** What follows this beginning of a line, once it is there. */
  String awaitLine(String beginning) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        children = process.children().toList();
        return line.substring(beginning.length());
      }
    }
    throw new IllegalStateException("ended without " + beginning + ": " + errors());
  }

  /** What it says until it ends. */
  List<String> moreOutput() {
    return output.lines().toList();
  }

  /** Returns when it has made some, or has ended. */
  void awaitFiles() throws IOException, InterruptedException {
    while (process.isAlive() && filesLeft().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** As of the line that was waited for. */
  List<ProcessHandle> children() {
    return children;
  }

  /** SIGTERM; unlike {@link Process#destroy}, leaves what it says to be read. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs");
    }
    return process.exitValue();
  }

  String errors() throws IOException {
    return Files.readString(directory.resolve("stderr"));
  }

  List<Path> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(temporary(directory))) {
      return files.toList();
    }
  }

  /** Whether it does anything; a process that is dead and was not buried does not. */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @Override
  public void close() {
    process.children().forEach(ProcessHandle::destroyForcibly);
    children.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Path temporary(Path directory) {
    return directory.resolve("tmp");
  }
}

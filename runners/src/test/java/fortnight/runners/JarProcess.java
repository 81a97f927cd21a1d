package fortnight.runners;

import fortnight.runners.cluster.FlinkClassLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of {@code fortnight.jar}; it and its children are stopped when the test ends. */
final class JarProcess implements AutoCloseable {
  /** The exit status of a JVM after SIGTERM. */
  static final int TERMINATED = 128 + 15;

  private static final Path JAR = Path.of("target", "fortnight.jar").toAbsolutePath();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int POLL_MILLIS = 10;

  /**
   * Java's optimizing compiler takes longer than it saves in programs that end soon. A run of the
   * pipeline chooses its own flags.
   */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /** As {@code ./fortnight} does: Java 24 and later warn of a method that Beam and Kafka use. */
  private static final String ALLOW_UNSAFE = "-Dsun.misc.unsafe.memory.access=allow";

  private final Process process;
  private final Path directory;
  private final Path output;
  private final Path errors;
  private List<ProcessHandle> children = List.of();
  private int linesRead;

  private JarProcess(Process process, Path directory, Path output, Path errors) {
    this.process = process;
    this.directory = directory;
    this.output = output;
    this.errors = errors;
  }

  /** Starts the pipeline. The files for its output are in the directory. */
  static JarProcess analyze(Path directory, String... args) throws IOException {
    return java(directory, Map.of(), List.of("-jar", JAR.toString()), args);
  }

  static JarProcess command(Path directory, String name, String... args) throws IOException {
    return java(
        directory,
        Map.of(),
        List.of(QUICK_START, ALLOW_UNSAFE, "-jar", JAR.toString(), name),
        args);
  }

  /** Starts a broker with data in the directory, and waits until it is ready. */
  static JarProcess broker(Path directory, int port) throws IOException, InterruptedException {
    JarProcess broker =
        command(directory, "broker", "--port=" + port, "--data=" + directory.resolve("kafka"));
    while (broker.isAlive() && !broker.output().contains("Broker ready")) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return broker;
  }

  /** Starts the main class of a server. The directory contains its temporary files, too. */
  static JarProcess server(Path directory, Class<?> main, String... args) throws IOException {
    return java(directory, Map.of(), serverArguments(directory, main), args);
  }

  /** The same, with a limit on the size of each of its files. */
  static JarProcess serverWithFileLimit(
      Path directory, int kibibytes, Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash"));
    command.add(javaPath());
    command.addAll(serverArguments(directory, main));
    return start(directory, Map.of(), command, args);
  }

  /** Starts Flink's own client, which loads only Flink, as in Flink's distribution. */
  static JarProcess flinkClient(Path directory, String cluster, List<String> args)
      throws IOException {
    Path settings = Files.createTempDirectory(directory, "client");
    String[] address = cluster.split(":", -1);
    Files.writeString(
        settings.resolve("config.yaml"),
        "rest.address: %s\nrest.port: %s\n".formatted(address[0], address[1]));
    return java(
        directory,
        Map.of("FLINK_CONF_DIR", settings.toString()),
        List.of(
            QUICK_START,
            "-Djava.system.class.loader=" + FlinkClassLoader.class.getName(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            JAR.toString(),
            "org.apache.flink.client.cli.CliFrontend"),
        args.toArray(String[]::new));
  }

  private static List<String> serverArguments(Path directory, Class<?> main) throws IOException {
    Files.createDirectories(temporary(directory));
    return List.of(
        QUICK_START,
        ALLOW_UNSAFE,
        "-Djava.io.tmpdir=" + temporary(directory),
        "-cp",
        JAR.toString(),
        main.getName());
  }

  private static JarProcess java(
      Path directory, Map<String, String> environment, List<String> what, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(javaPath());
    command.addAll(what);
    return start(directory, environment, command, args);
  }

  private static JarProcess start(
      Path directory, Map<String, String> environment, List<String> command, String... args)
      throws IOException {
    Path output = Files.createTempFile(directory, "stdout", "");
    Path errors = Files.createTempFile(directory, "stderr", "");
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(ROOT.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new JarProcess(builder.start(), directory, output, errors);
  }

  /** Waits for the end, which must be a success. */
  void waitFor() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException(errors() + output());
    }
  }

  /** Waits until there is a line with this prefix; returns the rest of the line. */
  String awaitLine(String prefix) throws IOException, InterruptedException {
    while (true) {
      boolean isAlive = process.isAlive();
      for (String line : newLines()) {
        linesRead++;
        if (line.startsWith(prefix)) {
          children = process.children().toList();
          return line.substring(prefix.length());
        }
      }
      if (!isAlive) {
        throw new IllegalStateException("ended without " + prefix + ": " + errors());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** The complete lines after the one that was awaited. */
  List<String> newLines() throws IOException {
    String text = output();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(linesRead).toList();
  }

  /** Waits until a server has temporary files, or has ended. */
  void awaitTemporaryFiles() throws IOException, InterruptedException {
    while (process.isAlive() && temporaryFiles().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(temporary(directory))) {
      return files.toList();
    }
  }

  /** The children at the time of the line that was awaited. */
  List<ProcessHandle> children() {
    return children;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end, half a minute at most. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still alive");
    }
    return process.exitValue();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops the process and its descendants; kills them after a timeout. */
  void stop() {
    List<ProcessHandle> descendants =
        Stream.concat(process.descendants(), children.stream()).toList();
    process.destroy();
    descendants.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    stop();
  }

  /** Whether a process runs; a zombie does not. */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static String javaPath() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path temporary(Path directory) {
    return directory.resolve("tmp");
  }
}

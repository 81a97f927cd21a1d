package fortnight.runners;

import fortnight.runners.cluster.FlinkClassLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as a user has it: a process of its own, which ends with the test. */
final class Jar implements AutoCloseable {
  private static final Path JAR = Path.of("target", "fortnight.jar").toAbsolutePath();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Process process;
  private final Path output;
  private final Path errors;

  private Jar(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** Runs the pipeline; what it says goes to files in this directory. */
  static Jar pipeline(Path directory, String... args) throws IOException {
    return start(directory, List.of("-jar", JAR.toString()), args);
  }

  /** Runs the simulator to its end. */
  static void simulate(Path directory, String... args) throws IOException, InterruptedException {
    try (Jar simulator = simulator(directory, args)) {
      simulator.waitFor();
    }
  }

  /** Runs the simulator. */
  static Jar simulator(Path directory, String... args) throws IOException {
    return start(directory, List.of("-jar", JAR.toString(), "simulate"), args);
  }

  /** Runs the broker. */
  static Jar broker(Path directory, String... args) throws IOException {
    return start(directory, List.of("-jar", JAR.toString(), "broker"), args);
  }

  /** Runs Flink's own client, which sees Flink alone, as in Flink's distribution. */
  static Jar flinkClient(Path directory, String cluster, List<String> args) throws IOException {
    Path settings = Files.createTempDirectory(directory, "client");
    String[] address = cluster.split(":", -1);
    Files.writeString(
        settings.resolve("config.yaml"),
        "rest.address: %s\nrest.port: %s\n".formatted(address[0], address[1]));
    return start(
        directory,
        List.of(
            "-Djava.system.class.loader=" + FlinkClassLoader.class.getName(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            JAR.toString(),
            "org.apache.flink.client.cli.CliFrontend"),
        Map.of("FLINK_CONF_DIR", settings.toString()),
        args.toArray(String[]::new));
  }

  private static Jar start(Path directory, List<String> what, String... args) throws IOException {
    return start(directory, what, Map.of(), args);
  }

  private static Jar start(
      Path directory, List<String> what, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(what);
    command.addAll(List.of(args));
    Path output = Files.createTempFile(directory, "stdout", "");
    Path errors = Files.createTempFile(directory, "stderr", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new Jar(builder.start(), output, errors);
  }

  void waitFor() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(errors) + Files.readString(output));
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    stop();
  }

  /** As {@code kill -9} does it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it, and the Java that it started. */
  void stop() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

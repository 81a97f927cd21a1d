package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the jar, each in its own process. */
class FortnightJarIT {
  private static final Path JAR = Path.of("target", "fortnight.jar").toAbsolutePath();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXPECTED = ROOT.resolve(Path.of("testdata", "sample", "expected"));

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "FlinkRunner"})
  void writesTheSameBytesOnEveryRunnerAndLeavesNoTemporaryFiles(String runner) throws Exception {
    Path output = directory.resolve("out");
    Path report = directory.resolve("report.html");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));

    int status =
        java(List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                JAR.toString(),
                "--runner=" + runner,
                "--output=" + output,
                "--report=" + report))
            .waitFor();

    // On a slow machine there is progress, too.
    assertThat(Files.readAllLines(errors()))
        .allMatch(line -> line.matches("\\d+ s: [\\d,]+ records read"));
    assertThat(status).isZero();
    assertThat(standardOutput()).content().contains("accepted                          20,015");
    assertThat(files(temporary)).isEmpty();
    for (Path expected : files(EXPECTED)) {
      assertThat(output.resolve(expected.getFileName())).hasSameBinaryContentAs(expected);
    }
    assertThat(files(output)).hasSize(files(EXPECTED).size() + 1);
    assertThat(report).content().contains("uPlot", "\"product-volume\":{\"rows\":947,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "FlinkRunner"})
  void readsCompressedStandardInput(String runner) throws Exception {
    Path output = directory.resolve("out");

    Process process = start("--runner=" + runner, "--input=-", "--output=" + output);
    try (OutputStream input = process.getOutputStream()) {
      input.write(gzip("not JSON\n"));
      Files.copy(ROOT.resolve(Path.of("testdata", "sample", "transactions.jsonl.gz")), input);
    }

    assertThat(process.waitFor()).as(Files.readString(errors())).isZero();
    for (Path expected : files(EXPECTED)) {
      assertThat(output.resolve(expected.getFileName())).hasSameBinaryContentAs(expected);
    }
    assertThat(output.resolve("dead-letters.jsonl"))
        .content()
        .contains("\"source\":\"-:0\"")
        .hasLineCount(1);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void usesTheArchiveOfClasses() throws Exception {
    List<String> child = new ArrayList<>(List.of("-XX:+UseParallelGC"));
    child.addAll(RunFlags.archive(JAR));
    child.addAll(List.of("-Xlog:class+load", "-jar", JAR.toString(), "--help"));

    int status = java(child).waitFor();

    assertThat(status).isZero();
    assertThat(standardOutput())
        .content()
        .contains("fortnight.pipelines.RetailAnalytics source: shared objects file");
  }

  /** The archive is of a jar with another path and modification time. */
  @Test
  void ignoresAnArchiveThatDoesNotMatch() throws Exception {
    Path jar = Files.copy(JAR, directory.resolve("fortnight.jar"));
    String archive = RunFlags.archiveName("DirectRunner");
    Files.copy(JAR.resolveSibling(archive), directory.resolve(archive));

    int status = start(jar, "--help").waitFor();

    assertThat(status).isZero();
    assertThat(standardOutput()).content().startsWith("Fortnight: ");
    assertThat(errors()).isEmptyFile();
  }

  /**
   * Starts {@link HeapFiller} with the flags of a run. When the old generation did not grow, it
   * collected the heap without end, and a run of 1.5 million transactions took minutes.
   */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void theHeapGrows() throws Exception {
    List<String> command = new ArrayList<>(flagsOfChild());
    command.addAll(List.of("-Xmx2g", "-cp", System.getProperty("java.class.path")));
    command.add(HeapFiller.class.getName());

    int status = java(command).waitFor();

    assertThat(errors()).content().isEmpty();
    assertThat(status).isZero();
  }

  /**
   * The JVM flags that a run gives its child, without properties such as its temporary directory.
   */
  private List<String> flagsOfChild() throws Exception {
    Path input = directory.resolve("long.jsonl");
    Files.writeString(input, "{}\n".repeat(5_000_000));
    Process run = start("--input=" + input, "--output=" + directory.resolve("out"));
    List<String> arguments = List.of();
    while (run.isAlive() && !arguments.contains("-XX:+UseParallelGC")) {
      run.waitFor(50, TimeUnit.MILLISECONDS);
      arguments =
          run.children()
              .findFirst()
              .flatMap(child -> child.info().arguments())
              .map(List::of)
              .orElse(List.of());
    }
    run.destroy();
    run.waitFor();
    return arguments.subList(0, arguments.indexOf("-jar")).stream()
        .filter(flag -> !flag.startsWith("-D"))
        .toList();
  }

  @Test
  void runsTheCommandOfTheFirstArgument() throws Exception {
    assertThat(fortnight("help").output()).contains("analyze", "simulate", "redrive", "cluster");
    assertThat(fortnight("simulate", "--help").output()).contains("--transactions");
    Finished wrong = fortnight("analyse", "--input=x");

    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.errors()).startsWith("analyse: unknown command; did you mean analyze?");
  }

  @Test
  void exitsWithTheStatusOfTheChild() throws Exception {
    Finished run = fortnight("--perod=7d");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("--perod: unknown flag; did you mean --period?");
  }

  @Test
  void leavesNoIncompleteFilesWhenStopped() throws Exception {
    Path input = directory.resolve("long.jsonl");
    Path output = directory.resolve("out");
    Files.writeString(input, "{}\n".repeat(5_000_000));

    Process process = start("--input=" + input, "--output=" + output);
    while (process.isAlive() && files(output).isEmpty()) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();

    assertThat(process.waitFor()).isNotZero();
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(files(output)).isEmpty();
  }

  @Test
  void theChildExitsWhenTheParentIsKilled() throws Exception {
    Path input = directory.resolve("long.jsonl");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Files.writeString(input, "{}\n".repeat(20_000_000));
    Process process = startLong("FlinkRunner", input, temporary);
    while (process.isAlive() && !hasFlink(temporary)) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> children = process.descendants().toList();

    process.destroyForcibly().waitFor();

    assertThat(children).isNotEmpty();
    for (ProcessHandle child : children) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(files(temporary)).isEmpty();
  }

  @Test
  void deletesTheFilesOfAKilledRun() throws Exception {
    Path input = directory.resolve("long.jsonl");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path others = Files.createDirectory(temporary.resolve("fortnight-holidays"));
    Files.writeString(input, "{}\n".repeat(20_000_000));
    Process process = startLong("DirectRunner", input, temporary);
    while (process.isAlive() && !hasLock(temporary)) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> all = process.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    for (ProcessHandle child : all) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }

    java(List.of("-Djava.io.tmpdir=" + temporary, "-jar", JAR.toString(), "--help")).waitFor();

    assertThat(files(temporary)).containsExactly(others);
  }

  private Process startLong(String runner, Path input, Path temporary) throws IOException {
    return java(
        List.of(
            "-Djava.io.tmpdir=" + temporary,
            "-jar",
            JAR.toString(),
            "--runner=" + runner,
            "--input=" + input,
            "--output=" + directory.resolve("out")));
  }

  /** Returns whether a run has locked its directory, which is never deleted before that. */
  private static boolean hasLock(Path temporary) throws IOException {
    try (Stream<Path> files = Files.walk(temporary, 2)) {
      return files.anyMatch(file -> file.endsWith(".fortnight-lock"));
    } catch (UncheckedIOException e) {
      return false; // The files change while they are listed.
    }
  }

  private static boolean hasFlink(Path temporary) throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("flink-rpc-akka"));
    } catch (UncheckedIOException e) {
      return false; // The files change while they are listed.
    }
  }

  private record Finished(int status, String output, String errors) {}

  private Finished fortnight(String... args) throws IOException, InterruptedException {
    int status = start(args).waitFor();
    return new Finished(status, Files.readString(standardOutput()), Files.readString(errors()));
  }

  private Process start(String... args) throws IOException {
    return start(JAR, args);
  }

  private Process start(Path jar, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("-jar", jar.toString()));
    all.addAll(List.of(args));
    return java(all);
  }

  private Process java(List<String> args) throws IOException {
    List<String> command = new ArrayList<>(args);
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return new ProcessBuilder(command)
        .directory(ROOT.toFile())
        .redirectOutput(standardOutput().toFile())
        .redirectError(errors().toFile())
        .start();
  }

  private Path standardOutput() {
    return directory.resolve("stdout");
  }

  private Path errors() {
    return directory.resolve("stderr");
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}

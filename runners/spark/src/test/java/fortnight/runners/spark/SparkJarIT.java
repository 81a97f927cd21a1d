package fortnight.runners.spark;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of {@code fortnight-spark.jar} in a process of its own. */
@Timeout(value = 3, unit = MINUTES)
class SparkJarIT {
  /** Memory in which the parsed transactions of the sample do not fit. */
  private static final List<String> SHORT_OF_MEMORY =
      List.of("-Xmx600m", "-Dspark.memory.fraction=0.02");

  private static final Path SAMPLE = JarRun.TESTDATA.resolve("sample");

  @TempDir private Path directory;

  @Test
  void writesTheExpectedBytesAndCountsOnceWhenMemoryIsShort() throws Exception {
    Path output = directory.resolve("out");

    JarRun run = JarRun.spark(directory, SHORT_OF_MEMORY, "--output=" + output);

    assertThat(run.errorsWithoutProgress()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.output())
        .contains(
            "records read                        20,015",
            "accepted                          20,015",
            "product-volume                         947  rows");
    List<Path> expected = files(SAMPLE.resolve("expected"));
    for (Path file : expected) {
      assertThat(output.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
    assertThat(output.resolve("dead-letters.jsonl")).isEmptyFile();
    assertThat(files(output)).hasSize(expected.size() + 1);
  }

  @Test
  void isStartedByTheOtherJarAndReportsADamagedFileInOneSentence() throws Exception {
    Path sample = SAMPLE.resolve("transactions.jsonl.gz");
    byte[] bytes = Files.readAllBytes(sample);
    Path damaged = directory.resolve("damaged.jsonl.gz");
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    Path output = directory.resolve("out");

    JarRun run =
        JarRun.finish(
            JarRun.start(
                directory,
                "fortnight.jar",
                List.of("-Xmx1g"),
                "--runner=SparkRunner",
                "--input=" + damaged,
                "--output=" + output),
            directory);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errorsWithoutProgress()).singleElement().asString().contains("damaged.jsonl.gz");
    assertThat(files(output)).isEmpty();
  }

  /** The JVM ends with an error if the archive of the build does not match the jar. */
  @Test
  void hasAnArchiveOfItsClasses() throws Exception {
    Path target = Path.of("..", "target").toAbsolutePath().normalize();
    List<String> archive =
        Runtime.version().feature() >= 25
            ? List.of("-XX:AOTCache=" + target.resolve("fortnight-spark.aot"), "-XX:AOTMode=on")
            : List.of(
                "-XX:SharedArchiveFile=" + target.resolve("fortnight-spark.jsa"), "-Xshare:on");
    List<String> jvmFlags = new ArrayList<>(archive);
    jvmFlags.add("-XX:+UseParallelGC");

    JarRun run = JarRun.spark(directory, jvmFlags, "--help");

    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
  }

  /** The test writes nothing to the pipe from which the run reads, and keeps it open. */
  @Test
  void endsWithTheKilledProcessThatStartedIt() throws Exception {
    Path pipe = directory.resolve("sales.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process parent =
        JarRun.start(
            directory,
            "fortnight.jar",
            List.of(),
            "--runner=SparkRunner",
            "--input=" + pipe,
            "--output=" + directory.resolve("out"));
    OutputStream writer = CompletableFuture.supplyAsync(() -> open(pipe)).get(1, MINUTES);
    ProcessHandle child = parent.children().findFirst().orElseThrow();

    parent.destroyForcibly();

    try {
      assertThat(child.onExit()).succeedsWithin(Duration.ofMinutes(1));
    } finally {
      child.destroyForcibly();
      writer.close();
    }
  }

  /** Waits until another process reads from the pipe. */
  private static OutputStream open(Path pipe) {
    try {
      return Files.newOutputStream(pipe);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDebuggerNeedsTheOtherJar() throws Exception {
    JarRun run =
        JarRun.finish(
            JarRun.start(
                directory,
                "fortnight.jar",
                List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=0"),
                "--runner=SparkRunner"),
            directory);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .startsWith("fortnight: a run on Spark is in another process")
        .contains("fortnight-spark.jar");
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

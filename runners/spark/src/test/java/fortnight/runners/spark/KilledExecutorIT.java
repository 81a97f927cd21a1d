package fortnight.runners.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A run on a cluster of real processes, of which one is killed. */
@EnabledIfSystemProperty(named = "long", matches = "true")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KilledExecutorIT {
  private static final String TRANSACTIONS = "400000";
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  @TempDir private Path directory;

  @Test
  void doesNotChangeFilesOrCounts() throws Exception {
    Path sales = directory.resolve("sales.jsonl");
    run("simulate", "--transactions=" + TRANSACTIONS, "--output=" + sales);
    Path expected = directory.resolve("expected");
    String read = run("--input=" + sales, "--output=" + expected).lines().findFirst().orElseThrow();
    Path output = directory.resolve("out");
    Path logs = directory.resolve("cluster");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Process cluster =
        JarRun.start(
            logs,
            "fortnight.jar",
            List.of("-Djava.io.tmpdir=" + temporary),
            "cluster",
            "--engine=spark",
            "--port=0",
            "--slots=1");
    Path logsOfJob = directory.resolve("job");
    Process job = null;
    try {
      String master = JarRun.awaitLine(cluster, logs, "Spark ready at ");
      job =
          JarRun.start(
              logsOfJob,
              "fortnight-spark.jar",
              List.of(),
              "--sparkMaster=" + master,
              "--input=" + sales,
              "--output=" + output);
      while (job.isAlive() && !hasShuffled(temporary)) {
        job.waitFor(50, TimeUnit.MILLISECONDS);
      }

      assertThat(job.isAlive()).as(Files.readString(logsOfJob.resolve("stderr"))).isTrue();
      executor(cluster).orElseThrow().destroyForcibly();
      JarRun run = JarRun.finish(job, logsOfJob);

      assertThat(run.status()).as(run.errors()).isZero();
      if (run.errors().contains("counts include it twice")) {
        assertThat(run.output()).doesNotContain(read);
      } else {
        assertThat(run.output()).contains(read);
      }
      try (Stream<Path> files = Files.list(expected)) {
        for (Path file : files.toList()) {
          assertThat(output.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
      }
    } finally {
      if (job != null) {
        job.destroyForcibly();
      }
      cluster.destroy();
      cluster.waitFor();
    }
  }

  private String run(String... args) throws Exception {
    JarRun run = JarRun.fortnight(directory.resolve("process"), args);
    assertThat(run.status()).as(run.errors()).isZero();
    return run.output();
  }

  private static Optional<ProcessHandle> executor(Process cluster) {
    Predicate<ProcessHandle> isExecutor =
        process -> process.info().commandLine().filter(line -> line.contains(EXECUTOR)).isPresent();
    return cluster.descendants().filter(isExecutor).findFirst();
  }

  /** Whether a task has ended, and its output for the next stage is in a file. */
  private static boolean hasShuffled(Path temporary) throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.anyMatch(file -> file.getFileName().toString().matches("shuffle_.*\\.data"));
    } catch (UncheckedIOException e) {
      return false; // The files change while they are listed.
    }
  }
}

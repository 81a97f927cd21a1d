package fortnight.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender at work, measured by what Linux says of it under /proc. */
final class MeasuredProcess implements AutoCloseable {
  private static final int PATIENCE_AT_END_SECONDS = 30;

  private final Process process;
  private final Path log;
  private final double cpuBefore;
  private final long start;
  private final PeakMemory memory;

  private MeasuredProcess(Process process, Path log, double cpuBefore, long start) {
    this.process = process;
    this.log = log;
    this.cpuBefore = cpuBefore;
    this.start = start;
    memory = PeakMemory.watch(process.toHandle());
  }

  /** Starts a command; what it says goes to the file. */
  static MeasuredProcess start(List<String> command, Path log) throws IOException {
    double cpuBefore = ChildrensCpu.seconds();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new MeasuredProcess(process, log, cpuBefore, start);
  }

  /** In seconds. */
  double sinceStart() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Fails when it has ended, which streams never do. */
  void checkIsAlive() throws CannotRun, IOException {
    if (!process.isAlive()) {
      throw failed("ended with exit status " + process.exitValue());
    }
  }

  /** Waits for its end, which must be a good one. */
  Usage await(int patienceSeconds) throws CannotRun, IOException, InterruptedException {
    if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
      throw failed("still runs after " + patienceSeconds + " s (--patience)");
    }
    double seconds = sinceStart();
    if (process.exitValue() != 0) {
      throw failed("ended with exit status " + process.exitValue());
    }
    return usage(seconds);
  }

  /** Stops it, as the terminal does. */
  Usage stop(double wallSeconds) throws InterruptedException, IOException {
    close();
    return usage(wallSeconds);
  }

  CannotRun failed(String what) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return new CannotRun(
        "%s; the last it said is in %s: %s"
            .formatted(what, log, lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1)));
  }

  private Usage usage(double wallSeconds) throws IOException, InterruptedException {
    return new Usage(wallSeconds, ChildrensCpu.seconds() - cpuBefore, memory.megabytes());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_AT_END_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

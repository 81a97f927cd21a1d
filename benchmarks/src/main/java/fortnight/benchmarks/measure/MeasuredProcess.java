package fortnight.benchmarks.measure;

import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process whose use of time, CPU and memory is measured by Linux's {@code /proc}. GNU time cannot
 * replace it: of several processes it reports the largest peak, not the sum, and it does not
 * forward the signal that ends a stream.
 */
public final class MeasuredProcess implements AutoCloseable {
  private static final int STOP_TIMEOUT_SECONDS = 30;

  /** The unit of proc(5) on Linux, on every machine. */
  private static final double TICKS_PER_SECOND = 100;

  /** Index of the children's user time in {@code /proc/self/stat}, after the name in brackets. */
  private static final int CHILDREN_USER = 13;

  private static final int CHILDREN_SYSTEM = 14;

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

  /** Starts a command; its output goes to the log. */
  public static MeasuredProcess start(List<String> command, Path log) throws IOException {
    double cpuBefore = cpuSecondsOfChildren();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new MeasuredProcess(process, log, cpuBefore, start);
  }

  public double secondsSinceStart() {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * Checks that a stream still runs.
   *
   * @throws CommandException if the process has ended
   */
  public void checkIsAlive() throws IOException {
    if (!process.isAlive()) {
      throw failed("ended with exit status " + process.exitValue());
    }
  }

  /**
   * Waits for the end.
   *
   * @throws CommandException if the process fails, or runs longer than {@code --patience}
   */
  public Usage await(int patienceSeconds) throws IOException, InterruptedException {
    if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
      throw failed("still runs after " + patienceSeconds + " s (--patience)");
    }
    double seconds = secondsSinceStart();
    if (process.exitValue() != 0) {
      throw failed("ended with exit status " + process.exitValue());
    }
    return usage(seconds);
  }

  /** Stops the process with SIGTERM. */
  public Usage stop(double wallSeconds) throws InterruptedException, IOException {
    close();
    return usage(wallSeconds);
  }

  /** The failure with the last line of the log. */
  public CommandException failed(String what) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return CommandException.failed(
        "%s; the last line of %s: %s"
            .formatted(what, log, lines.isEmpty() ? "empty" : lines.get(lines.size() - 1)));
  }

  private Usage usage(double wallSeconds) throws IOException, InterruptedException {
    return new Usage(wallSeconds, cpuSecondsOfChildren() - cpuBefore, memory.megabytes());
  }

  /** User and system time of all ended processes that this one or its children started. */
  private static double cpuSecondsOfChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]))
        / TICKS_PER_SECOND;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The resources that a process and its descendants used.
   *
   * @param wallSeconds from the start to the end, or to the last row of a stream
   * @param cpuSeconds user and system time, until the end
   * @param peakMegabytes sum of the peaks of resident memory of its processes
   */
  public record Usage(double wallSeconds, double cpuSeconds, double peakMegabytes) {}
}

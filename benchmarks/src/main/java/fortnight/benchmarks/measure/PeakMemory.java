package fortnight.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Samples the peak resident memory of a process and its descendants, 20 times a second. */
final class PeakMemory {
  private static final int PERIOD_MILLIS = 50;
  private static final String PEAK = "VmHWM:";

  private final ProcessHandle process;
  private final Map<Long, Long> kilobytes = new ConcurrentHashMap<>();
  private final Thread thread;

  private PeakMemory(ProcessHandle process) {
    this.process = process;
    thread = new Thread(this::sample, "memory of " + process.pid());
    thread.setDaemon(true);
  }

  static PeakMemory watch(ProcessHandle process) {
    PeakMemory memory = new PeakMemory(process);
    memory.thread.start();
    return memory;
  }

  /** The sum of the peaks. Waits for the end of the process. */
  double megabytes() throws InterruptedException {
    thread.join();
    return kilobytes.values().stream().mapToLong(Long::longValue).sum() / 1024.0;
  }

  private void sample() {
    try {
      while (process.isAlive()) {
        Stream.concat(Stream.of(process), process.descendants())
            .forEach(each -> kilobytes.merge(each.pid(), peak(each.pid()), Math::max));
        TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In kilobytes; 0 if the process has ended. */
  private static long peak(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}

package fortnight.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The peak of resident memory of a process and of each that it starts, looked at 20 times a second.
 */
final class PeakMemory {
  private static final int PERIOD_MILLIS = 50;
  private static final String PEAK = "VmHWM:";

  private final ProcessHandle process;
  private final Map<Long, Long> kilobytes = new ConcurrentHashMap<>();
  private final Thread thread;

  private PeakMemory(ProcessHandle process) {
    this.process = process;
    thread = new Thread(this::look, "memory of " + process.pid());
    thread.setDaemon(true);
  }

  static PeakMemory watch(ProcessHandle process) {
    PeakMemory memory = new PeakMemory(process);
    memory.thread.start();
    return memory;
  }

  /** The sum of the peaks; the process must have ended. */
  double megabytes() throws InterruptedException {
    thread.join();
    return kilobytes.values().stream().mapToLong(Long::longValue).sum() / 1024.0;
  }

  private void look() {
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

  /** 0 of a process that is gone. */
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

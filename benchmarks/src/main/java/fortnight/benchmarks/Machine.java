package fortnight.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures are of. */
final class Machine {
  private static final double KILOBYTES_A_GIGABYTE = 1024 * 1024;

  private Machine() {}

  /** Fails where measuring is not possible: the figures come from Linux's /proc. */
  static void check() throws CannotRun {
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      throw new CannotRun("This machine has no /proc to measure by: run the benchmarks on Linux");
    }
  }

  /** One sentence: CPU, cores, memory, system, JVM. */
  static String describe() throws IOException {
    String memory = value("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    return "%s, %d cores, %.0f GB of memory, %s %s, %s %s."
        .formatted(
            value("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(memory) / KILOBYTES_A_GIGABYTE,
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"));
  }

  private static String value(String file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}

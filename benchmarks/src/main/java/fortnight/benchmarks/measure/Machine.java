package fortnight.benchmarks.measure;

import fortnight.common.cli.CommandException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The machine that the figures belong to. */
public final class Machine {
  private static final double KILOBYTES_PER_GIGABYTE = 1024 * 1024;

  private Machine() {}

  /**
   * Checks that processes can be measured.
   *
   * @throws CommandException if there is no {@code /proc}
   */
  public static void check() {
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      throw CommandException.failed("/proc does not exist; run the benchmarks on Linux");
    }
  }

  /** Whether a command is on the PATH. */
  public static boolean hasCommand(String name) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  /** One sentence: CPU, cores, memory, system, JVM. */
  public static String describe() throws IOException {
    String memory = value("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    return "%s, %d cores, %.0f GB of memory, %s %s, %s %s."
        .formatted(
            value("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(memory) / KILOBYTES_PER_GIGABYTE,
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

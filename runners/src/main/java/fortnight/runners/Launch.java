package fortnight.runners;

import fortnight.pipelines.RetailAnalytics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What {@code java -jar fortnight.jar} runs: the pipeline, in a JVM of its own that is told how to
 * use memory.
 *
 * <p>A jar's manifest cannot carry JVM flags, and with those that Java chooses by itself the same
 * run takes several times the memory. Who gives the JVM a flag of his own gets exactly that JVM.
 */
public final class Launch {
  /**
   * Collecting in parallel and growing the heap late: 0.6 GB instead of 2.4 GB for 1.5 million
   * transactions on a machine of 24 GB, in the same time. Sets no limit of its own.
   */
  private static final List<String> MEMORY =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:GCTimeRatio=4",
          "-XX:MinHeapFreeRatio=20",
          "-XX:MaxHeapFreeRatio=40");

  /** The child ends when the process of this id does, however that ends. */
  private static final String PARENT = "fortnight.parent";

  private static final int PATIENCE_SECONDS = 10;

  private Launch() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String parent = System.getProperty(PARENT);
    if (parent != null) {
      ProcessHandle.of(Long.parseLong(parent)).ifPresent(Launch::endWith);
    }
    if (parent != null || isToldOtherwise()) {
      System.exit(RetailAnalytics.run(args));
    } else {
      System.exit(runInChild(args));
    }
  }

  private static void endWith(ProcessHandle parent) {
    Thread watch =
        new Thread(
            () -> {
              parent.onExit().join();
              System.exit(1);
            },
            "watch the parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static boolean isToldOtherwise() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(flag -> flag.startsWith("-X") || flag.startsWith("-agentlib"));
  }

  private static int runInChild(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(MEMORY);
    command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    // An embedded Flink leaves some 20 MB behind, however it ends.
    Path temporary = Files.createTempDirectory("fortnight-");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-jar");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(args));
    Process child = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(child, temporary), "stop the child"));
    return child.waitFor();
  }

  /** Gives the child the time to clean up, and removes what it leaves all the same. */
  private static void stop(Process child, Path temporary) {
    child.destroy();
    try {
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    remove(temporary);
  }

  private static void remove(Path directory) {
    try (Stream<Path> below = Files.walk(directory)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("fortnight: not all of " + directory + " could be removed");
    }
  }
}

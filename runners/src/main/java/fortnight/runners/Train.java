package fortnight.runners;

import fortnight.pipelines.RetailAnalytics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Leaves an archive of the classes that a run loads: what {@link Launch} starts with it is there up
 * to a second sooner. Part of the build, which does without where this fails.
 */
final class Train {
  private static final List<String> RUNNERS = List.of("DirectRunner", "FlinkRunner");

  private Train() {}

  /**
   * Makes the archive, in another JVM, which is told so by there being no third argument.
   *
   * @param args a small input, a directory to work in, and the archive
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of(args[1]));
    if (args.length == 2) {
      System.exit(run(args[0], work));
    }
    try {
      archive(args[0], work, Path.of(args[2]));
    } finally {
      Directories.remove(work);
    }
  }

  /** An archive that is not complete would crash the JVM, so it gets its name at the end. */
  private static void archive(String input, Path work, Path archive)
      throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    Path unfinished = work.resolve("unfinished.jsa");
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ArchiveClassesAtExit=" + unfinished,
                "-XX:+UseParallelGC",
                "-Djava.io.tmpdir=" + work,
                "-cp",
                System.getProperty("java.class.path"),
                Train.class.getName(),
                input,
                work.toString())
            .inheritIO()
            .start();
    if (training.waitFor() == 0 && Files.exists(unfinished)) {
      Files.move(unfinished, archive);
    } else {
      System.err.println("No " + archive + " was made; java -jar starts a little slower.");
    }
  }

  private static int run(String input, Path work) {
    int status = 0;
    for (String runner : RUNNERS) {
      String output = work.resolve(runner).toString();
      status |= RetailAnalytics.run("--runner=" + runner, "--input=" + input, "--output=" + output);
    }
    return status;
  }
}

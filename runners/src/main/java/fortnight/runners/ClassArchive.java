package fortnight.runners;

import fortnight.pipelines.RetailAnalytics;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.runners.process.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes an archive of the classes that a run loads, with which {@link Launch} starts up to a
 * second faster; from Java 25 on, also of their profiles. The build runs it; a failure does not
 * fail the build.
 */
final class ClassArchive {
  private static final List<String> RUNNERS = List.of("DirectRunner", RunnerSupport.FLINK);

  private ClassArchive() {}

  /**
   * Writes the archive at the exit of another JVM, which runs this main method without the third
   * argument.
   *
   * @param args a small input, a work directory, and the archive without its suffix
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of(args[1]));
    if (args.length == 2) {
      System.exit(run(args[0], work));
    }
    try {
      write(args[0], work, Path.of(args[2] + RunFlags.archiveSuffix()));
    } finally {
      TemporaryDirectory.deleteTree(work);
    }
  }

  /** Moves the archive into place when it is complete, because a partial one crashes the JVM. */
  private static void write(String input, Path work, Path archive)
      throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    Path incomplete = work.resolve("incomplete" + RunFlags.archiveSuffix());
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                RunFlags.writeArchive(incomplete),
                "-XX:+UseParallelGC",
                "-Djava.io.tmpdir=" + work,
                "-cp",
                System.getProperty("java.class.path"),
                ClassArchive.class.getName(),
                input,
                work.toString())
            .inheritIO()
            .start();
    if (run.waitFor() == 0 && Files.exists(incomplete)) {
      Files.move(incomplete, archive);
    } else {
      System.err.println(archive + " was not written; java -jar starts a little slower");
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

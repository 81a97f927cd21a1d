package fortnight.runners;

import fortnight.common.process.TemporaryDirectory;
import fortnight.pipelines.RetailAnalytics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes an archive of the classes that a run loads, with which {@link Launch} starts up to a
 * second faster; from Java 25 on, also of their profiles. The build runs it; a failure does not
 * fail the build.
 */
final class ClassArchive {
  private static final String RUN = "run";

  private ClassArchive() {}

  /**
   * Writes each archive at the exit of another JVM, which runs this main method with other
   * arguments.
   *
   * @param args a small input, a work directory, and the directory for the archives
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals(RUN)) {
      System.exit(run(args[1], Path.of(args[2]), List.of(args[3].split(",", -1))));
    }
    Path work = Files.createDirectories(Path.of(args[1]));
    try {
      for (Map.Entry<String, List<String>> archive : RunFlags.archives().entrySet()) {
        write(args[0], work, Path.of(args[2], archive.getKey()), archive.getValue());
      }
    } finally {
      TemporaryDirectory.deleteTree(work);
    }
  }

  /** Moves the archive into place when it is complete, because a partial one crashes the JVM. */
  private static void write(String input, Path work, Path archive, List<String> runners)
      throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    Path incomplete = work.resolve(archive.getFileName());
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                RunFlags.writeArchive(incomplete),
                "-XX:+UseParallelGC",
                "-Djava.io.tmpdir=" + work,
                "-cp",
                System.getProperty("java.class.path"),
                ClassArchive.class.getName(),
                RUN,
                input,
                work.toString(),
                String.join(",", runners))
            .inheritIO()
            .start();
    if (run.waitFor() == 0 && Files.exists(incomplete)) {
      Files.move(incomplete, archive);
    } else {
      System.err.println(archive + " was not written; java -jar starts a little slower");
    }
  }

  private static int run(String input, Path work, List<String> runners) {
    int status = 0;
    for (String runner : runners) {
      String output = work.resolve(runner).toString();
      status |= RetailAnalytics.run("--runner=" + runner, "--input=" + input, "--output=" + output);
    }
    return status;
  }
}

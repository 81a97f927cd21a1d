package fortnight.runners;

import fortnight.common.process.TemporaryDirectory;
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
  private ClassArchive() {}

  /**
   * Writes an archive for each runner, at the exit of a run. Java 25 loads all classes of an
   * archive when it starts; so runners do not share one.
   *
   * @param args a small input, a work directory, the jar beside which the archives are written, and
   *     its runners
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of(args[1]));
    Path jar = Path.of(args[2]).toAbsolutePath().normalize();
    try {
      for (String runner : List.of(args).subList(3, args.length)) {
        write(args[0], work, jar, runner);
      }
    } finally {
      TemporaryDirectory.deleteTree(work);
    }
  }

  /** Moves the archive into place when it is complete, because a partial one crashes the JVM. */
  private static void write(String input, Path work, Path jar, String runner)
      throws IOException, InterruptedException {
    Path archive = jar.resolveSibling(RunFlags.archiveName(runner));
    Files.deleteIfExists(archive);
    Path incomplete = work.resolve(archive.getFileName());
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                RunFlags.writeArchive(incomplete),
                "-XX:+UseParallelGC",
                "-Djava.io.tmpdir=" + work,
                "-jar",
                jar.toString(),
                "--runner=" + runner,
                "--input=" + input,
                "--output=" + work.resolve(runner))
            .inheritIO()
            .start();
    if (run.waitFor() == 0 && Files.exists(incomplete)) {
      Files.move(incomplete, archive);
    } else {
      System.err.println(archive + " was not written; java -jar starts a little slower");
    }
  }
}

package fortnight.runners;

import fortnight.pipelines.RetailAnalytics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the pipeline on each runner, so that the JVM can archive the classes that a run loads: what
 * {@link Launch} starts with that archive is there a second sooner. Part of the build.
 */
final class Train {
  private static final List<String> RUNNERS = List.of("DirectRunner", "FlinkRunner");

  private Train() {}

  /**
   * Runs it.
   *
   * @param args a small input
   */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("fortnight-train-");
    try {
      for (String runner : RUNNERS) {
        int status =
            RetailAnalytics.run(
                "--runner=" + runner,
                "--input=" + args[0],
                "--output=" + directory.resolve(runner));
        if (status != 0) {
          System.exit(status);
        }
      }
    } finally {
      Directories.remove(directory);
    }
    System.exit(0);
  }
}

package fortnight.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The files of a run; kept if the run fails or its rows are wrong. */
public record TrialDirectory(Path path) {
  public static TrialDirectory create(Path work, String name) throws IOException {
    return new TrialDirectory(Files.createTempDirectory(work, name + "-"));
  }

  /** A name that no other run has. */
  public String name() {
    return path.getFileName().toString();
  }

  /** The directory of the rows. */
  public Path output() {
    return path.resolve("out");
  }

  /** The file of messages. */
  public Path log() {
    return path.resolve("log");
  }

  /** A directory for temporary data. */
  public Path scratch() {
    return path.resolve("scratch");
  }

  public void delete() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

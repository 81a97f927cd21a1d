package fortnight.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What a run leaves; it stays when the run failed, or its answers are wrong. */
record TrialDirectory(Path path) {
  static TrialDirectory make(Path work, String name) throws IOException {
    return new TrialDirectory(Files.createTempDirectory(work, name + "-"));
  }

  /** No other's. */
  String name() {
    return path.getFileName().toString();
  }

  /** For its rows. */
  Path output() {
    return path.resolve("out");
  }

  /** For what it says. */
  Path log() {
    return path.resolve("log");
  }

  /** For what else it keeps. */
  Path scratch() {
    return path.resolve("scratch");
  }

  void delete() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

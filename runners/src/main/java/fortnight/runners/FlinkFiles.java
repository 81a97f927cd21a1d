package fortnight.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directories of a local cluster: what is kept, if anything, and what goes with it. */
final class FlinkFiles implements AutoCloseable {
  private final Path temporary;
  private final Path data;

  private FlinkFiles(Path temporary, Path data) {
    this.temporary = temporary;
    this.data = data;
  }

  static FlinkFiles in(Optional<Path> given) throws StackFailed {
    Path temporary = null;
    try {
      temporary = Files.createTempDirectory("fortnight-flink-").toRealPath();
      Path data = Files.createDirectories(given.orElse(temporary)).toRealPath();
      Files.createDirectories(data.resolve("log"));
      return new FlinkFiles(temporary, data);
    } catch (IOException e) {
      if (temporary != null) {
        Directories.remove(temporary);
      }
      throw new StackFailed("The data directory cannot be used: " + e + ".", e);
    }
  }

  /** Where checkpoints, savepoints and logs are. */
  Path data() {
    return data;
  }

  /** Where Flink's processes read their settings. */
  Path configuration() {
    return temporary.resolve("conf");
  }

  Path log(String process) {
    return data.resolve("log").resolve(process + ".log");
  }

  /** For what a process writes and nobody else reads. */
  Path workOf(String process) throws IOException {
    return Files.createDirectories(temporary.resolve(process));
  }

  /** Deletes what nobody asked to keep. */
  @Override
  public void close() throws StackFailed {
    if (!Directories.remove(temporary)) {
      throw new StackFailed(temporary + " could not be deleted.", null);
    }
  }
}

package fortnight.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directories of a local cluster: what is kept, if anything, and what goes with it. */
final class FlinkFiles implements AutoCloseable {
  private final TemporaryDirectory temporary;
  private final Path data;

  private FlinkFiles(TemporaryDirectory temporary, Path data) {
    this.temporary = temporary;
    this.data = data;
  }

  static FlinkFiles in(Optional<Path> given) throws StackFailed {
    TemporaryDirectory temporary = null;
    try {
      temporary = TemporaryDirectory.create("flink");
      Path data = Files.createDirectories(given.orElse(temporary.path())).toRealPath();
      Files.createDirectories(data.resolve("log"));
      return new FlinkFiles(temporary, data);
    } catch (IOException e) {
      if (temporary != null) {
        temporary.close();
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
    return temporary.path().resolve("conf");
  }

  Path log(String process) {
    return data.resolve("log").resolve(process + ".log");
  }

  /** For what a process writes and nobody else reads. */
  Path workOf(String process) throws IOException {
    return Files.createDirectories(temporary.path().resolve(process));
  }

  /** Deletes what nobody asked to keep. */
  @Override
  public void close() throws StackFailed {
    if (!temporary.remove()) {
      throw new StackFailed(temporary.path() + " could not be deleted.", null);
    }
  }
}

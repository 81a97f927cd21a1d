package fortnight.runners.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.process.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The directories of a local cluster: one for data, which may be the user's, and a temporary one
 * for everything else.
 */
final class ClusterDirectories implements AutoCloseable {
  private final TemporaryDirectory temporary;
  private final Path data;

  private ClusterDirectories(TemporaryDirectory temporary, Path data) {
    this.temporary = temporary;
    this.data = data;
  }

  /**
   * Creates the directories.
   *
   * @param engine a word for the name of the temporary one
   * @param userDirectory the user's directory for data; if empty, it is a temporary one
   */
  static ClusterDirectories create(String engine, Optional<Path> userDirectory) {
    TemporaryDirectory temporary = null;
    try {
      temporary = TemporaryDirectory.create(engine);
      Path data = Files.createDirectories(userDirectory.orElse(temporary.path())).toRealPath();
      Files.createDirectories(data.resolve("log"));
      return new ClusterDirectories(temporary, data);
    } catch (IOException e) {
      if (temporary != null) {
        temporary.close();
      }
      throw CommandException.failed("cannot use the data directory: " + ErrorMessages.of(e), e);
    }
  }

  /** The directory of checkpoints, savepoints and logs. */
  Path data() {
    return data;
  }

  /** The directory of the settings that the processes read. */
  Path configuration() {
    return temporary.path().resolve("conf");
  }

  /** Writes the settings for Flink's processes; JSON is YAML. */
  void writeConfiguration(Map<String, String> settings) {
    try {
      Files.createDirectories(configuration());
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(configuration().resolve("config.yaml").toFile(), settings);
    } catch (IOException e) {
      throw CommandException.failed("cannot write Flink's settings: " + ErrorMessages.of(e), e);
    }
  }

  Path logFile(String process) {
    return data.resolve("log").resolve(process + ".log");
  }

  /** Creates the directory for the temporary files of a process. */
  Path createWorkDirectory(String process) {
    try {
      return Files.createDirectories(temporary.path().resolve(process));
    } catch (IOException e) {
      throw CommandException.failed(
          "cannot start %s: %s".formatted(process, ErrorMessages.of(e)), e);
    }
  }

  /** Deletes everything but the user's directory. */
  @Override
  public void close() {
    if (!temporary.delete()) {
      throw CommandException.failed("cannot delete " + temporary.path());
    }
  }
}

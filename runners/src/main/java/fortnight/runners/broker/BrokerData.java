package fortnight.runners.broker;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.process.TemporaryDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** The directory of a broker's topics: the user's, or a temporary one that close() deletes. */
final class BrokerData implements AutoCloseable {
  /** The file that Kafka writes last when it formats a directory. */
  private static final String FORMATTED = "meta.properties";

  /** The file that Kafka locks. */
  private static final String LOCK = ".lock";

  private final Path directory;
  private final Optional<TemporaryDirectory> temporary;

  private BrokerData(Path directory, Optional<TemporaryDirectory> temporary) {
    this.directory = directory;
    this.temporary = temporary;
  }

  /**
   * Opens the user's directory, or a temporary one.
   *
   * @throws CommandException if the user's is in use, or contains other files than a broker's
   */
  static BrokerData open(Optional<Path> users) {
    try {
      if (users.isEmpty()) {
        TemporaryDirectory temporary = TemporaryDirectory.create("broker");
        Path topics = Files.createDirectory(temporary.path().resolve("topics"));
        return new BrokerData(topics, Optional.of(temporary));
      }
      Path directory = Files.createDirectories(users.get()).toRealPath();
      checkContents(directory);
      checkUnlocked(directory);
      return new BrokerData(directory, Optional.empty());
    } catch (IOException e) {
      throw CommandException.failed("cannot use the data directory: " + ErrorMessages.of(e), e);
    }
  }

  Path directory() {
    return directory;
  }

  /** Formats the directory for a broker, unless it already has topics. */
  void format() {
    if (Files.exists(directory.resolve(FORMATTED))) {
      return;
    }
    try (PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false)) {
      new Formatter()
          .setPrintStream(silence)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerConfig.NODE_ID)
          .setControllerListenerName(BrokerConfig.CONTROLLER)
          .setMetadataLogDirectory(directory.toString())
          .setDirectories(List.of(directory.toString()))
          .run();
    } catch (Exception e) { // as Kafka declares it
      throw CommandException.failed(
          "cannot format %s for Kafka: %s".formatted(directory, ErrorMessages.of(e)), e);
    }
  }

  @Override
  public void close() {
    if (temporary.isPresent() && !temporary.get().delete()) {
      throw CommandException.failed("cannot delete " + temporary.get().path());
    }
  }

  private static void checkContents(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      if (!names.isEmpty() && !names.contains(FORMATTED) && !names.contains(LOCK)) {
        throw CommandException.failed(
            directory + " contains other files than a broker's; use an empty or a new directory");
      }
    }
  }

  /** Kafka checks this too, but reports it with stack traces. */
  private static void checkUnlocked(Path directory) throws IOException {
    try (FileChannel file = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE);
        FileLock lock = file.tryLock()) {
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // A broker in this process has it.
    }
    throw CommandException.failed(
        directory + " is in use by another broker; stop that one, or use another directory");
  }
}

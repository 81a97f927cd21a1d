package fortnight.runners;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

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

/** The directory a broker keeps its topics in: one that is given, or one that goes with it. */
final class BrokerData implements AutoCloseable {
  /** What Kafka calls the file it writes last when formatting, and the file it locks. */
  private static final String FORMATTED = "meta.properties";

  private static final String LOCK = ".lock";

  private final Path directory;
  private final Optional<TemporaryDirectory> temporary;

  private BrokerData(Path directory, Optional<TemporaryDirectory> temporary) {
    this.directory = directory;
    this.temporary = temporary;
  }

  /** Takes the given directory, made if need be, if it is new or was a broker's and is free. */
  static BrokerData in(Optional<Path> given) throws StackFailed {
    try {
      if (given.isEmpty()) {
        TemporaryDirectory temporary = TemporaryDirectory.create("broker");
        Path topics = Files.createDirectory(temporary.path().resolve("topics"));
        return new BrokerData(topics, Optional.of(temporary));
      }
      Path directory = Files.createDirectories(given.get()).toRealPath();
      checkIsOurs(directory);
      checkIsFree(directory);
      return new BrokerData(directory, Optional.empty());
    } catch (IOException e) {
      throw new StackFailed("The data directory cannot be used: " + e + ".", e);
    }
  }

  Path directory() {
    return directory;
  }

  /** Prepares it for a broker, unless an earlier one left its topics there. */
  void format() throws StackFailed {
    if (Files.exists(directory.resolve(FORMATTED))) {
      return;
    }
    try (PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false)) {
      new Formatter()
          .setPrintStream(silence)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerProperties.NODE)
          .setControllerListenerName(BrokerProperties.CONTROLLER)
          .setMetadataLogDirectory(directory.toString())
          .setDirectories(List.of(directory.toString()))
          .run();
    } catch (Exception e) { // as Kafka declares it
      throw new StackFailed("%s cannot be formatted: %s.".formatted(directory, e.getMessage()), e);
    }
  }

  /** Deletes what nobody asked to keep. */
  @Override
  public void close() throws StackFailed {
    if (temporary.isPresent() && !temporary.get().remove()) {
      throw new StackFailed(temporary.get().path() + " could not be deleted.", null);
    }
  }

  private static void checkIsOurs(Path directory) throws IOException, StackFailed {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      if (!names.isEmpty() && !names.contains(FORMATTED) && !names.contains(LOCK)) {
        throw new StackFailed(
            directory + " holds what is no broker's; --data needs a directory for itself.", null);
      }
    }
  }

  /** Kafka checks this too, and tells of it in many lines. */
  private static void checkIsFree(Path directory) throws IOException, StackFailed {
    try (FileChannel file = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE);
        FileLock lock = file.tryLock()) {
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new StackFailed(directory + " is in use by another broker in this process.", e);
    }
    throw new StackFailed(directory + " is in use by another broker.", null);
  }
}

package fortnight.pipelines.run;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.MoreFiles;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.RecursiveDeleteOption;

/**
 * The directory of {@code --stateDirectory}: checkpoints of a stream, and the flags that they were
 * made with. One process at a time uses it.
 */
public final class StateDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String FLAGS = "flags.properties";
  private static final String NEW_FLAGS = FLAGS + ".new";
  private static final String CHECKPOINTS = "checkpoints";
  private static final Set<String> OWN = Set.of(LOCK, FLAGS, NEW_FLAGS, CHECKPOINTS);

  /** The file that completes a checkpoint. */
  private static final String COMPLETE = "_metadata";

  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

  private final FileChannel lock;

  private StateDirectory(FileChannel lock) {
    this.lock = lock;
  }

  /**
   * Locks the directory for this process.
   *
   * @param flags the flags that the state depends on, by name
   * @throws CommandException if it cannot be used, or its checkpoints were made with other flags
   */
  static StateDirectory open(Path directory, Map<String, String> flags) {
    FileChannel lock = null;
    boolean isOpen = false;
    try {
      Files.createDirectories(directory);
      checkIsOwn(directory);
      lock = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE);
      lock(directory, lock);
      if (newestCheckpoint(directory).isPresent()) {
        checkFlags(directory, flags);
      } else {
        writeFlags(directory, flags);
      }
      isOpen = true;
      return new StateDirectory(lock);
    } catch (IOException e) {
      throw CommandException.failed(
          "--stateDirectory=" + directory + ": cannot be used: " + ErrorMessages.of(e));
    } finally {
      if (!isOpen && lock != null) {
        closeQuietly(lock);
      }
    }
  }

  /** The directory of the checkpoints, with a directory for each job. */
  public static Path checkpoints(Path directory) {
    return directory.resolve(CHECKPOINTS);
  }

  /**
   * The newest complete checkpoint, which has the largest number, because each job continues the
   * numbers of the checkpoint that it resumes from.
   */
  public static Optional<Path> newestCheckpoint(Path directory) throws IOException {
    List<Path> checkpoints = new ArrayList<>();
    for (Path job : jobs(directory)) {
      checkpoints.addAll(completeCheckpoints(job));
    }
    return checkpoints.stream().max(Comparator.comparingLong(StateDirectory::number));
  }

  /**
   * Deletes the checkpoints of all other jobs, if this job has a complete checkpoint, which does
   * not refer to them.
   *
   * @return whether it has one
   */
  public static boolean removeOlder(Path directory, String job) throws IOException {
    if (completeCheckpoints(checkpoints(directory).resolve(job)).isEmpty()) {
      return false;
    }
    for (Path other : jobs(directory)) {
      if (!other.getFileName().toString().equals(job)) {
        MoreFiles.deleteRecursively(other, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
    return true;
  }

  @Override
  public void close() {
    closeQuietly(lock);
  }

  private static List<Path> jobs(Path directory) throws IOException {
    return list(checkpoints(directory));
  }

  private static List<Path> completeCheckpoints(Path job) throws IOException {
    return list(job).stream()
        .filter(path -> CHECKPOINT.matcher(path.getFileName().toString()).matches())
        .filter(path -> Files.isRegularFile(path.resolve(COMPLETE)))
        .toList();
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.toList();
    }
  }

  private static long number(Path checkpoint) {
    Matcher name = CHECKPOINT.matcher(checkpoint.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private static void checkIsOwn(Path directory) throws IOException {
    for (Path path : list(directory)) {
      if (!OWN.contains(path.getFileName().toString())) {
        throw CommandException.failed(
            "--stateDirectory="
                + directory
                + ": contains "
                + path.getFileName()
                + ", which is not part of a state; use an empty or a new directory");
      }
    }
  }

  private static void lock(Path directory, FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this process.
    }
    throw CommandException.failed(
        "--stateDirectory="
            + directory
            + ": another run uses it; stop that run, or use another directory");
  }

  private static void checkFlags(Path directory, Map<String, String> flags)
      throws IOException, CommandException {
    if (!Files.exists(directory.resolve(FLAGS))) {
      throw CommandException.failed(
          "--stateDirectory="
              + directory
              + ": "
              + FLAGS
              + " is missing, so the flags of its checkpoints are unknown; use another directory");
    }
    Properties written = new Properties();
    try (InputStream file = Files.newInputStream(directory.resolve(FLAGS))) {
      written.load(file);
    }
    List<String> problems = new ArrayList<>();
    new TreeMap<>(flags)
        .forEach(
            (name, value) -> {
              String before = written.getProperty(name, "");
              if (!before.equals(value)) {
                problems.add(
                    "--stateDirectory="
                        + directory
                        + ": its checkpoints were made with "
                        + described(name, before)
                        + ", not "
                        + described(name, value)
                        + "; use the same flags, or another directory");
              }
            });
    if (!problems.isEmpty()) {
      throw CommandException.wrongFlags(problems);
    }
  }

  private static String described(String name, String value) {
    return name + (value.isEmpty() ? " not set" : "=" + value);
  }

  private static void writeFlags(Path directory, Map<String, String> flags) throws IOException {
    Properties properties = new Properties();
    properties.putAll(flags);
    try (OutputStream file = Files.newOutputStream(directory.resolve(NEW_FLAGS))) {
      properties.store(file, "The flags that the checkpoints in this directory depend on");
    }
    Files.move(
        directory.resolve(NEW_FLAGS),
        directory.resolve(FLAGS),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package fortnight.common.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A temporary directory of this process. The process holds a lock on a file in it, so that a later
 * process recognizes and deletes the directory of a process that was killed.
 */
public final class TemporaryDirectory implements AutoCloseable {
  private static final String PREFIX = "fortnight-";

  /** Has this name once it is locked. A directory without it is never deleted as abandoned. */
  private static final String LOCK = ".fortnight-lock";

  /** The directories of this process, which would lose its locks by opening the files again. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private TemporaryDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates a directory in the JVM's directory for temporary files. */
  public static TemporaryDirectory create(String purpose) throws IOException {
    Path path = Files.createTempDirectory(PREFIX + purpose + "-").toRealPath();
    OWN.add(path);
    FileChannel channel = null;
    boolean complete = false;
    try {
      Path unlocked = path.resolve(LOCK + ".new");
      channel = FileChannel.open(unlocked, CREATE_NEW, WRITE);
      channel.lock();
      Files.move(unlocked, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
      complete = true;
      return new TemporaryDirectory(path, channel);
    } finally {
      if (!complete) {
        if (channel != null) {
          channel.close();
        }
        deleteTree(path);
      }
    }
  }

  /** Deletes the directories whose processes have ended, if they belong to this user. */
  public static void deleteAbandoned() {
    deleteAbandonedIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void deleteAbandonedIn(Path all) {
    try (Stream<Path> paths = Files.list(all)) {
      for (Path path : paths.filter(TemporaryDirectory::isTemporaryDirectory).toList()) {
        deleteIfAbandoned(path.toRealPath());
      }
    } catch (IOException | UncheckedIOException e) {
      return; // What cannot be listed or opened belongs to another user.
    }
  }

  /** Deletes a directory and everything in it, as far as possible; returns whether it is gone. */
  public static boolean deleteTree(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  public Path path() {
    return path;
  }

  /** Deletes the directory as far as possible; returns whether it is gone. */
  public boolean delete() {
    boolean isEmpty = deleteContents(path);
    try {
      lock.close();
    } catch (IOException e) {
      return false;
    }
    return isEmpty && deleteTree(path);
  }

  /** Deletes the directory as far as possible. */
  @Override
  public void close() {
    delete();
  }

  private static boolean isTemporaryDirectory(Path path) {
    return path.getFileName().toString().startsWith(PREFIX)
        && Files.isDirectory(path, NOFOLLOW_LINKS)
        && Files.isRegularFile(path.resolve(LOCK), NOFOLLOW_LINKS);
  }

  private static void deleteIfAbandoned(Path path) throws IOException {
    if (OWN.contains(path) || !isOfThisUser(path)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path.resolve(LOCK), WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null && deleteContents(path)) {
        deleteTree(path);
      }
    } catch (OverlappingFileLockException | IOException e) {
      return; // Another process is deleting it.
    }
  }

  private static boolean isOfThisUser(Path path) throws IOException {
    Path own = Files.createTempFile(PREFIX, "");
    try {
      return Files.getOwner(path, NOFOLLOW_LINKS).equals(Files.getOwner(own));
    } finally {
      Files.delete(own);
    }
  }

  /** Deletes all but the lock, without which the directory would never be deleted later. */
  private static boolean deleteContents(Path path) {
    try (Stream<Path> contents = Files.list(path)) {
      List<Path> others =
          contents.filter(child -> !child.getFileName().toString().equals(LOCK)).toList();
      return others.stream().allMatch(TemporaryDirectory::deleteTree);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}

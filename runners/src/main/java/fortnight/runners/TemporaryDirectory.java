package fortnight.runners;

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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A temporary directory of this process. A file in it is locked for as long as the process lives,
 * so that a later process can tell, and remove, the directory of a process that was killed.
 */
final class TemporaryDirectory implements AutoCloseable {
  private static final String PREFIX = "fortnight-";

  /**
   * Has this name only once it is locked; without it, a directory is never removed as abandoned.
   */
  private static final String LOCK = ".fortnight-lock";

  /** Of this process, which would lose its locks by opening the files a second time. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private TemporaryDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** A new one where the JVM has its temporary files, for this purpose. */
  static TemporaryDirectory create(String purpose) throws IOException {
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
        Directories.remove(path);
      }
    }
  }

  /** Removes the directories of this kind whose processes have ended, if they are this user's. */
  static void removeAbandoned() {
    removeAbandonedIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void removeAbandonedIn(Path all) {
    try (Stream<Path> paths = Files.list(all)) {
      for (Path path : paths.filter(TemporaryDirectory::isOfThisKind).toList()) {
        removeIfAbandoned(path.toRealPath());
      }
    } catch (IOException | UncheckedIOException e) {
      return; // What cannot be listed or opened is another user's.
    }
  }

  Path path() {
    return path;
  }

  /** Whether all of it is gone. */
  boolean remove() {
    boolean isGone = removeContents(path);
    try {
      lock.close();
    } catch (IOException e) {
      return false;
    }
    return isGone && Directories.remove(path);
  }

  /** Removes it as far as possible. */
  @Override
  public void close() {
    remove();
  }

  private static boolean isOfThisKind(Path path) {
    return path.getFileName().toString().startsWith(PREFIX)
        && Files.isDirectory(path, NOFOLLOW_LINKS)
        && Files.isRegularFile(path.resolve(LOCK), NOFOLLOW_LINKS);
  }

  private static void removeIfAbandoned(Path path) throws IOException {
    if (OWN.contains(path) || !isOfThisUser(path)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path.resolve(LOCK), WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null && removeContents(path)) {
        Directories.remove(path);
      }
    } catch (OverlappingFileLockException | IOException e) {
      return; // Another process is removing it.
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

  /** All but the lock, which goes last, since without it the directory would never be removed. */
  private static boolean removeContents(Path path) {
    try (Stream<Path> contents = Files.list(path)) {
      List<Path> others =
          contents.filter(child -> !child.getFileName().toString().equals(LOCK)).toList();
      return others.stream().allMatch(Directories::remove);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}

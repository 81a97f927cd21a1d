package fortnight.testdata.output;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * A file that gets its name when it is complete, compressed according to its suffix ({@code .gz},
 * {@code .zst}). Symbolic links are followed; devices and named pipes are written in place.
 */
public final class AtomicFile implements Closeable {
  private static final int BUFFER_SIZE = 1 << 16;
  private static final int MAX_LINKS = 40; // the limit of Linux

  private final Path file;
  private final Path partial;
  private final OutputStream bytes;
  private final Thread cleanUp = new Thread(this::deletePartial);

  /**
   * Opens a file.
   *
   * @param given null for a file that discards everything
   */
  public AtomicFile(Path given) throws IOException {
    if (given == null) {
      file = null;
      partial = null;
      bytes = OutputStream.nullOutputStream();
    } else if (isSpecial(given)) {
      file = given;
      partial = null;
      bytes = buffered(Files.newOutputStream(given, StandardOpenOption.WRITE));
    } else {
      file = followLinks(given);
      partial =
          file.resolveSibling(
              "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      createDirectory(file.getParent());
      bytes = buffered(Files.newOutputStream(partial));
    }
    Runtime.getRuntime().addShutdownHook(cleanUp);
  }

  /** Whether a path is a device or a named pipe, which a rename would destroy. */
  public static boolean isSpecial(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static Path followLinks(Path given) throws IOException {
    Path target = given.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(given.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) { // createDirectories rejects links, JDK-8294193
      Files.createDirectories(directory);
    }
  }

  private OutputStream buffered(OutputStream plain) throws IOException {
    String name = file.toString();
    OutputStream compressed =
        name.endsWith(".gz")
            ? new GZIPOutputStream(plain, BUFFER_SIZE)
            : name.endsWith(".zst") ? new ZstdOutputStream(plain) : plain;
    return new BufferedOutputStream(compressed, BUFFER_SIZE);
  }

  public OutputStream bytes() {
    return bytes;
  }

  /** Ends the content. */
  public void finish() throws IOException {
    bytes.close();
  }

  /** Gives the finished file its name. */
  public void complete() throws IOException {
    if (partial != null) {
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Deletes what was written, unless it is complete. */
  @Override
  public void close() throws IOException {
    try {
      bytes.close();
    } finally {
      deletePartial();
      removeShutdownHook();
    }
  }

  private void deletePartial() {
    try {
      if (partial != null) {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      System.err.println("fortnight: cannot delete the partial file " + partial + ": " + e);
    }
  }

  private void removeShutdownHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    } catch (IllegalStateException e) {
      // the JVM is shutting down, and runs the hook
    }
  }
}

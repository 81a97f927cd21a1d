package fortnight.testdata;

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
 * A file that has its name only when it is complete, compressed as its suffix says ({@code .gz},
 * {@code .zst}). A symbolic link stays one; a device or a named pipe is written to as it stands.
 */
final class NewFile implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_LINKS = 40; // as Linux has it

  private final Path file;
  private final Path partial;
  private final OutputStream bytes;
  private final Thread cleanUp = new Thread(this::discard);

  NewFile(Path given) throws IOException {
    if (isSpecial(given)) {
      file = given;
      partial = null;
      bytes = buffered(Files.newOutputStream(given, StandardOpenOption.WRITE));
    } else {
      file = target(given);
      partial =
          file.resolveSibling(
              "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      makeFolder(file.getParent());
      bytes = buffered(Files.newOutputStream(partial));
    }
    Runtime.getRuntime().addShutdownHook(cleanUp);
  }

  /** There, and neither a file nor a directory: a rename would destroy it. */
  static boolean isSpecial(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static Path target(Path given) throws IOException {
    Path target = given.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(given.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) { // createDirectories refuses a link to one, JDK-8294193
      Files.createDirectories(folder);
    }
  }

  private OutputStream buffered(OutputStream plain) throws IOException {
    String name = file.toString();
    OutputStream compressed =
        name.endsWith(".gz")
            ? new GZIPOutputStream(plain, BUFFER)
            : name.endsWith(".zst") ? new ZstdOutputStream(plain) : plain;
    return new BufferedOutputStream(compressed, BUFFER);
  }

  OutputStream bytes() {
    return bytes;
  }

  /** Everything was written. */
  void finish() throws IOException {
    bytes.close();
  }

  /** Gives the finished file its name. */
  void complete() throws IOException {
    if (partial != null) {
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      bytes.close();
    } finally {
      discard();
      forgetCleanUp();
    }
  }

  private void discard() {
    try {
      if (partial != null) {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      System.err.println(partial + " is a leftover and could not be deleted: " + e.getMessage());
    }
  }

  private void forgetCleanUp() {
    try {
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    } catch (IllegalStateException stopping) {
      // the hook is at it
    }
  }
}

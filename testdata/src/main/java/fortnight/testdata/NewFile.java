package fortnight.testdata;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * A file that has its name only when it is complete; compressed as its suffix says ({@code .gz},
 * {@code .zst}).
 */
final class NewFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path partial;
  private final OutputStream bytes;
  private final Thread cleanUp = new Thread(this::discard);

  NewFile(Path file) throws IOException {
    this.file = file.toAbsolutePath();
    this.partial =
        this.file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    Files.createDirectories(this.file.getParent());
    this.bytes = new BufferedOutputStream(compressed(Files.newOutputStream(partial)), BUFFER);
    Runtime.getRuntime().addShutdownHook(cleanUp);
  }

  private OutputStream compressed(OutputStream plain) throws IOException {
    String name = file.toString();
    return name.endsWith(".gz")
        ? new GZIPOutputStream(plain, BUFFER)
        : name.endsWith(".zst") ? new ZstdOutputStream(plain) : plain;
  }

  OutputStream bytes() {
    return bytes;
  }

  /** Gives the file its name. */
  void complete() throws IOException {
    bytes.close();
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
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
      Files.deleteIfExists(partial);
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

package fortnight.testdata;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A {@link NewFile} that is written only if somebody asked for it. */
final class SideFile implements Closeable {
  private final NewFile file;

  /** Nothing is written without a name. */
  SideFile(String name) throws IOException {
    file = name == null ? null : new NewFile(Path.of(name));
  }

  OutputStream bytes() {
    return file == null ? OutputStream.nullOutputStream() : file.bytes();
  }

  void finish() throws IOException {
    if (file != null) {
      file.finish();
    }
  }

  void complete() throws IOException {
    if (file != null) {
      file.complete();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}

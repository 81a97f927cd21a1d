package fortnight.testdata;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Records as lines, to a file or to standard output. */
final class LinesDestination implements Destination {
  private final OutputStream lines;
  private final NewFile file;

  private LinesDestination(OutputStream lines, NewFile file) {
    this.lines = lines;
    this.file = file;
  }

  static LinesDestination file(Path path) throws IOException {
    NewFile file = new NewFile(path);
    return new LinesDestination(file.bytes(), file);
  }

  /** Past {@code System.out}, which keeps silent about a broken pipe. */
  static LinesDestination standardOutput() {
    OutputStream lines =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    return new LinesDestination(lines, null);
  }

  @Override
  public void receive(Delivery delivery, byte[] buffer, int length) throws IOException {
    lines.write(buffer, 0, length);
    lines.write('\n');
  }

  @Override
  public void flush() throws IOException {
    lines.flush();
  }

  @Override
  public void finish() throws IOException {
    lines.flush();
    if (file != null) {
      file.finish();
    }
  }

  @Override
  public void complete() throws IOException {
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

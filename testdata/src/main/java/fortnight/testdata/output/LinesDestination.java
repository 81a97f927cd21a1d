package fortnight.testdata.output;

import fortnight.testdata.delivery.Delivery;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes records as lines, to a file or to standard output. */
final class LinesDestination implements Destination {
  private final OutputStream lines;
  private final AtomicFile file;

  private LinesDestination(OutputStream lines, AtomicFile file, byte[] header) throws IOException {
    this.lines = lines;
    this.file = file;
    if (header.length > 0) {
      lines.write(header);
      lines.write('\n');
    }
  }

  static LinesDestination file(Path path, byte[] header) throws IOException {
    AtomicFile file = new AtomicFile(path);
    return new LinesDestination(file.bytes(), file, header);
  }

  /** Does not write to {@code System.out}, which ignores a broken pipe. */
  static LinesDestination standardOutput(byte[] header) throws IOException {
    OutputStream lines =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    return new LinesDestination(lines, new AtomicFile(null), header);
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
    file.finish();
  }

  @Override
  public void complete() throws IOException {
    file.complete();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

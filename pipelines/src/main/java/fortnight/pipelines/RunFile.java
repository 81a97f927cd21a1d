package fortnight.pipelines;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A sorted run in a temporary file: the number of rows, then the rows. */
final class RunFile implements Closeable {
  private final InputStream in;
  private int left;

  private RunFile(InputStream in, int left) {
    this.in = in;
    this.left = left;
  }

  static void write(ResourceId path, List<Row> rows) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Channels.newOutputStream(FileSystems.create(path, MimeTypes.BINARY)))) {
      VarIntCoder.of().encode(rows.size(), out);
      for (Row row : rows) {
        Row.coder().encode(row, out);
      }
    }
  }

  static RunFile open(String path) throws IOException {
    InputStream in =
        new BufferedInputStream(
            Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(path, false))));
    return new RunFile(in, VarIntCoder.of().decode(in));
  }

  /** The next row; null behind the last. */
  @Nullable Row next() throws IOException {
    if (left == 0) {
      return null;
    }
    left--;
    return Row.coder().decode(in);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

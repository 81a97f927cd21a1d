package fortnight.pipelines.files;

import fortnight.pipelines.rows.ResultRow;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Sorted rows of one file: here, or in a temporary file where they are many.
 *
 * @param rows the rows; empty where they are in the temporary file
 * @param path the temporary file; empty where there is none
 */
record SortedRun(List<ResultRow> rows, String path) {
  static final SortedRun EMPTY = here(List.of());

  static SortedRun here(List<ResultRow> rows) {
    return new SortedRun(rows, "");
  }

  static SortedRun in(String path) {
    return new SortedRun(List.of(), path);
  }

  boolean isHere() {
    return path.isEmpty();
  }

  static Coder<SortedRun> coder() {
    return SortedRunCoder.INSTANCE;
  }

  private static final class SortedRunCoder extends AtomicCoder<SortedRun> {
    private static final long serialVersionUID = 1;

    static final SortedRunCoder INSTANCE = new SortedRunCoder();

    private static final Coder<List<ResultRow>> ROWS = ListCoder.of(ResultRow.coder());

    @Override
    public void encode(SortedRun run, OutputStream out) throws IOException {
      ROWS.encode(run.rows, out);
      StringUtf8Coder.of().encode(run.path, out);
    }

    @Override
    public SortedRun decode(InputStream in) throws IOException {
      return new SortedRun(ROWS.decode(in), StringUtf8Coder.of().decode(in));
    }
  }

  /** A sorted run in a temporary file: the number of rows, then the rows. */
  static final class RunFile implements Closeable {
    private final InputStream in;
    private int left;

    private RunFile(InputStream in, int left) {
      this.in = in;
      this.left = left;
    }

    static void write(ResourceId path, List<ResultRow> rows) throws IOException {
      try (OutputStream out =
          new BufferedOutputStream(
              Channels.newOutputStream(FileSystems.create(path, MimeTypes.BINARY)))) {
        VarIntCoder.of().encode(rows.size(), out);
        for (ResultRow row : rows) {
          ResultRow.coder().encode(row, out);
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
    @Nullable ResultRow next() throws IOException {
      if (left == 0) {
        return null;
      }
      left--;
      return ResultRow.coder().decode(in);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.encoding.TextFormat;
import fortnight.pipelines.encoding.TextFormat.RowWriter;
import fortnight.pipelines.rows.ResultRow;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
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
 * Sorted rows of one result, in memory or in a temporary file.
 *
 * @param rows the rows; empty if they are in a temporary file
 * @param path the temporary file, which contains the number of rows, then the rows; empty if the
 *     rows are in memory
 */
record SortedRun(List<ResultRow> rows, String path) {
  static final SortedRun EMPTY = inMemory(List.of());

  static SortedRun inMemory(List<ResultRow> rows) {
    return new SortedRun(rows, "");
  }

  /** Writes sorted rows to a temporary file. */
  static SortedRun write(List<ResultRow> rows, ResourceId path) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Channels.newOutputStream(FileSystems.create(path, MimeTypes.BINARY)))) {
      VarIntCoder.of().encode(rows.size(), out);
      for (ResultRow row : rows) {
        ResultRow.coder().encode(row, out);
      }
    }
    return new SortedRun(List.of(), path.toString());
  }

  /** Merges the rows of all runs into a file. */
  static void merge(Iterable<SortedRun> runs, TextFormat format, ResourceId path)
      throws IOException {
    List<Closeable> open = new ArrayList<>();
    try (Writer text =
        new BufferedWriter(Channels.newWriter(FileSystems.create(path, MimeTypes.TEXT), UTF_8))) {
      RowWriter rows = format.begin(text);
      PriorityQueue<Head> heads = new PriorityQueue<>();
      for (SortedRun run : runs) {
        addNext(run.open(open), heads);
      }
      while (!heads.isEmpty()) {
        Head head = heads.remove();
        rows.write(head.row());
        addNext(head.rest(), heads);
      }
    } finally {
      for (Closeable file : open) {
        file.close();
      }
    }
  }

  private static void addNext(Rows rows, PriorityQueue<Head> heads) throws IOException {
    ResultRow next = rows.next();
    if (next != null) {
      heads.add(new Head(next, rows));
    }
  }

  private Rows open(List<Closeable> open) throws IOException {
    if (path.isEmpty()) {
      Iterator<ResultRow> iterator = rows.iterator();
      return () -> iterator.hasNext() ? iterator.next() : null;
    }
    StoredRows stored = new StoredRows(path);
    open.add(stored);
    return stored;
  }

  static Coder<SortedRun> coder() {
    return SortedRunCoder.INSTANCE;
  }

  /** The next row of a run, and the rows after it. */
  private record Head(ResultRow row, Rows rest) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      return row.compareTo(other.row);
    }
  }

  @FunctionalInterface
  private interface Rows {
    /** Returns the next row; null after the last one. */
    @Nullable ResultRow next() throws IOException;
  }

  /** The rows of a temporary file. */
  private static final class StoredRows implements Rows, Closeable {
    private final InputStream in;
    private int remaining;

    StoredRows(String path) throws IOException {
      in =
          new BufferedInputStream(
              Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(path, false))));
      remaining = VarIntCoder.of().decode(in);
    }

    @Override
    public @Nullable ResultRow next() throws IOException {
      if (remaining == 0) {
        return null;
      }
      remaining--;
      return ResultRow.coder().decode(in);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
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
}

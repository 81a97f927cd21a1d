package fortnight.pipelines.rows;

import fortnight.transforms.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * A line of a result file, and its place there.
 *
 * <p>Rows wait in large numbers, and their JSON takes several times the memory of what it says: so
 * a row holds what it tells, and makes its JSON when that is written.
 */
public interface ResultRow extends Comparable<ResultRow> {
  Comparator<ResultRow> ORDER =
      Comparator.comparing(ResultRow::file)
          .thenComparing(ResultRow::origin)
          .thenComparingLong(ResultRow::position)
          .thenComparing(ResultRow::scope);

  /** The title of the result. */
  String file();

  /**
   * Orders the rows of a file: what a dead letter's position is counted in, with the separator
   * between the two; empty elsewhere.
   */
  String origin();

  /** Orders the rows of an origin: a dead letter's position, a window's start. */
  long position();

  /** Orders the rows of a window. */
  Scope scope();

  /** Of the pane that it comes from, in lower case; empty where it comes from none. */
  String timing();

  /** What stands in the line, without its end. */
  String json();

  /** About how many characters the JSON has. */
  int size();

  @Override
  default int compareTo(ResultRow other) {
    return ORDER.compare(this, other);
  }

  /** Decodes a {@link StoredRow}, whatever the row was. */
  static Coder<ResultRow> coder() {
    return RowCoder.INSTANCE;
  }

  /** Encodes a row's place and its JSON. Its name is in savepoints. */
  final class RowCoder extends AtomicCoder<ResultRow> {
    private static final long serialVersionUID = 1;

    static final RowCoder INSTANCE = new RowCoder();

    private static final int VERSION = 1;
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    private RowCoder() {}

    @Override
    public void encode(ResultRow row, OutputStream out) throws IOException {
      out.write(VERSION);
      TEXT.encode(row.file(), out);
      TEXT.encode(row.origin(), out);
      BigEndianLongCoder.of().encode(row.position(), out);
      Scope.coder().encode(row.scope(), out);
      TEXT.encode(row.timing(), out);
      TEXT.encode(row.json(), out);
    }

    @Override
    public ResultRow decode(InputStream in) throws IOException {
      int version = in.read();
      if (version != VERSION) {
        throw new CoderException("a row of version " + version + ", of which nothing is known");
      }
      return new StoredRow(
          TEXT.decode(in),
          TEXT.decode(in),
          BigEndianLongCoder.of().decode(in),
          Scope.coder().decode(in),
          TEXT.decode(in),
          TEXT.decode(in));
    }
  }

  /** A row that was encoded and decoded, its JSON made already. */
  record StoredRow(
      String file, String origin, long position, Scope scope, String timing, String json)
      implements ResultRow {
    @Override
    public int size() {
      return json.length();
    }
  }
}

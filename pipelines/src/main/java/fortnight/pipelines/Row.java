package fortnight.pipelines;

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
 * @param file the title of the result
 * @param origin orders the rows of a file: what a dead letter's position is counted in; empty
 *     elsewhere
 * @param position orders the rows of an origin: a dead letter's position, a window's start
 * @param scope orders the rows of a window
 * @param timing of the pane that it comes from, in lower case; empty where it comes from none
 * @param line what stands there, without its end
 */
record Row(String file, String origin, long position, Scope scope, String timing, Line line)
    implements Comparable<Row> {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::file)
          .thenComparing(Row::origin)
          .thenComparingLong(Row::position)
          .thenComparing(Row::scope);

  String json() {
    return line.json();
  }

  @Override
  public int compareTo(Row other) {
    return ORDER.compare(this, other);
  }

  static Coder<Row> coder() {
    return RowCoder.INSTANCE;
  }

  private static final class RowCoder extends AtomicCoder<Row> {
    private static final long serialVersionUID = 1;

    static final RowCoder INSTANCE = new RowCoder();

    private static final int VERSION = 1;
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    @Override
    public void encode(Row row, OutputStream out) throws IOException {
      out.write(VERSION);
      TEXT.encode(row.file, out);
      TEXT.encode(row.origin, out);
      BigEndianLongCoder.of().encode(row.position, out);
      Scope.coder().encode(row.scope, out);
      TEXT.encode(row.timing, out);
      TEXT.encode(row.json(), out);
    }

    @Override
    public Row decode(InputStream in) throws IOException {
      int version = in.read();
      if (version != VERSION) {
        throw new CoderException("a row of version " + version + ", of which nothing is known");
      }
      return new Row(
          TEXT.decode(in),
          TEXT.decode(in),
          BigEndianLongCoder.of().decode(in),
          Scope.coder().decode(in),
          TEXT.decode(in),
          Line.of(TEXT.decode(in)));
    }
  }
}

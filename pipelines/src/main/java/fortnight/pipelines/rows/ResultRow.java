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
 * A row of a result: its JSON, and its position in the order of the rows.
 *
 * <p>Many rows are in memory at a time, and JSON takes several times the memory of its values.
 * Therefore, a row holds the values, and creates the JSON when it is written.
 */
public interface ResultRow extends Comparable<ResultRow> {
  Comparator<ResultRow> ORDER =
      Comparator.comparing(ResultRow::title)
          .thenComparing(ResultRow::origin)
          .thenComparingLong(ResultRow::position)
          .thenComparing(ResultRow::scope);

  /** The title of the result. */
  String title();

  /**
   * Orders the rows of a result: for a dead letter its source without the position, for an outlier
   * the analysis of the change; otherwise empty.
   */
  String origin();

  /** Orders the rows of an origin: the position of a dead letter, or the start of a window. */
  long position();

  /** Orders the rows of a window. */
  Scope scope();

  /** The timing of the pane, in lower case; empty for a dead letter. */
  String timing();

  /**
   * The key of the message in a topic; a row replaces earlier rows of the same key: {@code
   * WINDOW_START/WINDOW_END}, with the value of the dimension and the currency as JSON if there are
   * any; of a dead letter its source.
   */
  String key();

  /** The row as JSON, without a line end. */
  String json();

  /** The approximate number of characters of the JSON. */
  int size();

  @Override
  default int compareTo(ResultRow other) {
    return ORDER.compare(this, other);
  }

  /** The coder of all rows; decodes a {@link StoredRow}. */
  static Coder<ResultRow> coder() {
    return RowCoder.INSTANCE;
  }

  /** Encodes a row's order and its JSON. The name of this class is part of savepoints. */
  final class RowCoder extends AtomicCoder<ResultRow> {
    private static final long serialVersionUID = 1;

    static final RowCoder INSTANCE = new RowCoder();

    /** Had no keys; written only to files, which do not need them. */
    private static final int FIRST_VERSION = 1;

    private static final int VERSION = 2;
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    private RowCoder() {}

    @Override
    public void encode(ResultRow row, OutputStream out) throws IOException {
      out.write(VERSION);
      TEXT.encode(row.title(), out);
      TEXT.encode(row.origin(), out);
      BigEndianLongCoder.of().encode(row.position(), out);
      Scope.coder().encode(row.scope(), out);
      TEXT.encode(row.timing(), out);
      TEXT.encode(row.key(), out);
      TEXT.encode(row.json(), out);
    }

    @Override
    public ResultRow decode(InputStream in) throws IOException {
      int version = in.read();
      if (version != VERSION && version != FIRST_VERSION) {
        throw new CoderException("unknown version of an encoded row: " + version);
      }
      return new StoredRow(
          TEXT.decode(in),
          TEXT.decode(in),
          BigEndianLongCoder.of().decode(in),
          Scope.coder().decode(in),
          TEXT.decode(in),
          version == FIRST_VERSION ? "" : TEXT.decode(in),
          TEXT.decode(in));
    }
  }

  /** A decoded row. */
  record StoredRow(
      String title,
      String origin,
      long position,
      Scope scope,
      String timing,
      String key,
      String json)
      implements ResultRow {
    @Override
    public int size() {
      return json.length();
    }
  }
}

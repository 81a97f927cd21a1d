package fortnight.pipelines;

import fortnight.transforms.Scope;
import java.util.Comparator;
import org.apache.beam.sdk.coders.Coder;

/**
 * A line of a result file, and its place there.
 *
 * <p>Rows wait in large numbers, and their JSON takes several times the memory of what it says: so
 * a row holds what it tells, and makes its JSON when that is written.
 */
interface Row extends Comparable<Row> {
  Comparator<Row> ORDER =
      Comparator.comparing(Row::file)
          .thenComparing(Row::origin)
          .thenComparingLong(Row::position)
          .thenComparing(Row::scope);

  /** The title of the result. */
  String file();

  /**
   * Orders the rows of a file: what a dead letter's position is counted in; empty elsewhere.
   *
   * @return with its separator
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

  /** About so many characters the JSON has. */
  int size();

  @Override
  default int compareTo(Row other) {
    return ORDER.compare(this, other);
  }

  /** Decodes a {@link StoredRow}, whatever the row was. */
  static Coder<Row> coder() {
    return RowCoder.INSTANCE;
  }
}

package fortnight.pipelines;

import fortnight.transforms.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * A line of a result file, and its place there: ordered by group, position, and scope.
 *
 * @param position orders the rows of a group; 0 for results, whose scopes order them
 * @param json the line, without its end
 */
record Row(RowGroup group, long position, Scope scope, String json) implements Comparable<Row> {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::group).thenComparingLong(Row::position).thenComparing(Row::scope);

  @Override
  public int compareTo(Row other) {
    return ORDER.compare(this, other);
  }

  static Coder<Row> coder() {
    return RowCoder.INSTANCE;
  }

  private static final class RowCoder extends AtomicCoder<Row> {
    static final RowCoder INSTANCE = new RowCoder();

    @Override
    public void encode(Row row, OutputStream out) throws IOException {
      RowGroup.coder().encode(row.group, out);
      BigEndianLongCoder.of().encode(row.position, out);
      Scope.coder().encode(row.scope, out);
      StringUtf8Coder.of().encode(row.json, out);
    }

    @Override
    public Row decode(InputStream in) throws IOException {
      return new Row(
          RowGroup.coder().decode(in),
          BigEndianLongCoder.of().decode(in),
          Scope.coder().decode(in),
          StringUtf8Coder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}

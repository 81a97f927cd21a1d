package fortnight.pipelines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * Rows that stand together in a file, few enough to be sorted in memory.
 *
 * @param file the name of the result
 * @param origin orders the groups of a file; empty for results, whose windows order them
 * @param number orders the groups of an origin: the start of the window, or the number of a piece
 */
record RowGroup(String file, String origin, long number) implements Comparable<RowGroup> {
  private static final Comparator<RowGroup> ORDER =
      Comparator.comparing(RowGroup::file)
          .thenComparing(RowGroup::origin)
          .thenComparingLong(RowGroup::number);

  @Override
  public int compareTo(RowGroup other) {
    return ORDER.compare(this, other);
  }

  static Coder<RowGroup> coder() {
    return RowGroupCoder.INSTANCE;
  }

  private static final class RowGroupCoder extends AtomicCoder<RowGroup> {
    static final RowGroupCoder INSTANCE = new RowGroupCoder();

    @Override
    public void encode(RowGroup group, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(group.file, out);
      StringUtf8Coder.of().encode(group.origin, out);
      BigEndianLongCoder.of().encode(group.number, out);
    }

    @Override
    public RowGroup decode(InputStream in) throws IOException {
      return new RowGroup(
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          BigEndianLongCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}

package fortnight.pipelines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * The rows of a group, sorted, as the lines that go into the file: here, or in a temporary file
 * where they are many.
 *
 * @param lines the lines; empty where they are in a temporary file
 * @param path the temporary file; empty where there is none
 */
record SortedRows(RowGroup group, String lines, String path) {

  static SortedRows none(String file) {
    return here(new RowGroup(file, "", Long.MIN_VALUE), "");
  }

  static SortedRows here(RowGroup group, String lines) {
    return new SortedRows(group, lines, "");
  }

  static SortedRows in(RowGroup group, String path) {
    return new SortedRows(group, "", path);
  }

  boolean isHere() {
    return path.isEmpty();
  }

  static Coder<SortedRows> coder() {
    return SortedRowsCoder.INSTANCE;
  }

  private static final class SortedRowsCoder extends AtomicCoder<SortedRows> {
    static final SortedRowsCoder INSTANCE = new SortedRowsCoder();

    @Override
    public void encode(SortedRows rows, OutputStream out) throws IOException {
      RowGroup.coder().encode(rows.group, out);
      StringUtf8Coder.of().encode(rows.lines, out);
      StringUtf8Coder.of().encode(rows.path, out);
    }

    @Override
    public SortedRows decode(InputStream in) throws IOException {
      return new SortedRows(
          RowGroup.coder().decode(in),
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in));
    }
  }
}

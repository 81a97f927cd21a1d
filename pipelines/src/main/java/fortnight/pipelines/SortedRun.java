package fortnight.pipelines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * Sorted rows of one file: here, or in a temporary file where they are many.
 *
 * @param rows the rows; empty where they are in the temporary file
 * @param path the temporary file; empty where there is none
 */
record SortedRun(List<Row> rows, String path) {
  static final SortedRun EMPTY = here(List.of());

  static SortedRun here(List<Row> rows) {
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

    private static final Coder<List<Row>> ROWS = ListCoder.of(Row.coder());

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

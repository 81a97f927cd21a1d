package fortnight.pipelines.encoding;

import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.io.Serializable;
import java.io.Writer;

/** The format of a result file. */
public interface TextFormat extends Serializable {
  /** One JSON object per line. */
  TextFormat JSON_LINES = new JsonLines();

  /** The end of the names of the files. */
  String suffix();

  /** Begins a file with what precedes its rows. Does not close the text. */
  RowWriter begin(Writer text) throws IOException;

  /** Writes rows to a file. */
  @FunctionalInterface
  interface RowWriter {
    void write(ResultRow row) throws IOException;
  }

  /** The format of {@link #JSON_LINES}. */
  record JsonLines() implements TextFormat {
    @Override
    public String suffix() {
      return ".jsonl";
    }

    @Override
    public RowWriter begin(Writer text) {
      return row -> {
        text.write(row.json());
        text.write('\n');
      };
    }
  }
}

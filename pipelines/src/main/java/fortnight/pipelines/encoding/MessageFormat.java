package fortnight.pipelines.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.rows.ResultRow;
import java.io.Serializable;

/** The format of the messages in a result topic. The key is {@link ResultRow#key} in all formats. */
public interface MessageFormat extends Serializable {
  /** The row as JSON. */
  MessageFormat JSON = new Json();

  /** Returns the value of the message with a row. */
  byte[] value(ResultRow row);

  default byte[] key(ResultRow row) {
    return row.key().getBytes(UTF_8);
  }

  /** The format of {@link #JSON}. */
  record Json() implements MessageFormat {
    @Override
    public byte[] value(ResultRow row) {
      return row.json().getBytes(UTF_8);
    }
  }
}

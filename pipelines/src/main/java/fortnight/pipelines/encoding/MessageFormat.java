package fortnight.pipelines.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.rows.ResultRow;
import java.io.Serializable;

/**
 * The format of the messages in a result topic. The key is {@link ResultRow#key} in all formats.
 */
@FunctionalInterface
public interface MessageFormat extends Serializable {
  /** The row as JSON. */
  MessageFormat JSON = row -> row.json().getBytes(UTF_8);

  /** Returns the value of the message with a row. */
  byte[] value(ResultRow row);

  /** Returns the key of the message with a row. */
  default byte[] key(ResultRow row) {
    return row.key().getBytes(UTF_8);
  }
}

package fortnight.pipelines.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.rows.ResultRow;
import java.io.Serializable;

/** The format of the values of messages in a result topic; keys are {@link ResultRow#key}. */
@FunctionalInterface
public interface MessageFormat extends Serializable {
  /** The row as JSON. */
  MessageFormat JSON = row -> row.json().getBytes(UTF_8);

  /** Returns the value of the message with a row. */
  byte[] value(ResultRow row);
}

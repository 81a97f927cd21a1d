package fortnight.transforms.avro;

import java.io.Serializable;
import org.apache.avro.Schema;

/** Provides the schemas of messages, which contain only the id of their schema. */
public interface SchemaSource extends Serializable {
  /** For records that contain no id: lines, and records with the schema of an Avro file. */
  SchemaSource NONE =
      id -> {
        throw new MalformedAvroException(
            "has the schema id " + id + ", and there is no schema registry");
      };

  /**
   * Returns the schema with an id. Waits while the source is not available, without a limit.
   *
   * @throws MalformedAvroException if there is no Avro schema with this id
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   */
  Schema schema(int id) throws MalformedAvroException;

  /**
   * Requests the schema with an id before its messages are decoded, so that {@link #schema} need
   * not wait.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   */
  default void prefetch(int id) {
    try {
      Schema unused = schema(id);
    } catch (MalformedAvroException e) {
      // The message is rejected when it is decoded.
    }
  }

  /**
   * Checks before a run that the source is available.
   *
   * @throws fortnight.common.cli.CommandException if it is not
   */
  default void check() {}
}

package fortnight.transforms.avro;

import java.io.Serializable;
import org.apache.avro.Schema;

/** Provides the schemas of messages, which contain only the id of their schema. */
public interface SchemaSource extends Serializable {
  /** For records that contain no id: lines, and records of Avro files. */
  SchemaSource NONE =
      id -> {
        throw new MalformedAvroException("schema id " + id + ": there is no schema registry");
      };

  /**
   * Returns the schema with an id. Waits while the source is not available, without a limit.
   *
   * @throws MalformedAvroException if there is no Avro schema with this id
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   */
  Schema schema(int id) throws MalformedAvroException;

  /**
   * Checks before a run that the source is available.
   *
   * @throws fortnight.common.cli.CommandException if it is not
   */
  default void check() {}
}

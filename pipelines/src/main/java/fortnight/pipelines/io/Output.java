package fortnight.pipelines.io;

import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** An output of the pipeline: a file or a topic for each result. */
public interface Output {
  /** The titles of the results. */
  Set<String> titles();

  /** Returns the path of the file, or the address of the topic, of a result. */
  String location(String title);

  /** Returns the transform that writes the rows of all results. */
  PTransform<PCollection<ResultRow>, PDone> write();

  /**
   * Checks before submission that topics can be written; creates topics that do not exist.
   *
   * @throws fortnight.common.cli.CommandException if a topic cannot be written
   */
  default void check() {}

  /**
   * Checks before submission that files can be created; may create directories.
   *
   * @throws fortnight.common.cli.CommandException if a file cannot be created
   */
  default void prepare() {}

  /** Deletes the incomplete files of a run that failed or was stopped. */
  default void cleanUp() throws IOException {}
}

package fortnight.pipelines.io;

import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** An output of the pipeline: a file, a topic or a table for each result. */
public interface Output {
  /** The titles of the results. */
  Set<String> titles();

  /** Returns the path of the file, the address of the topic, or the table of a result. */
  String location(String title);

  /** Returns the transform that writes the rows of all results. */
  PTransform<PCollection<ResultRow>, PDone> write();

  /**
   * Returns one output in place of this and another one, if a bounded run completes both at once.
   */
  default Optional<Output> with(Output other) {
    return Optional.empty();
  }

  /**
   * Checks before submission that topics or tables can be written; creates those that do not exist.
   *
   * @throws fortnight.common.cli.CommandException if one of them cannot be written
   */
  default void check() {}

  /**
   * Checks before submission that files can be created; may create directories and temporary
   * tables.
   *
   * @throws fortnight.common.cli.CommandException if a file or a table cannot be created
   */
  default void prepare() {}

  /** Deletes what a run needs no longer, and what is incomplete if it failed or was stopped. */
  default void cleanUp() throws IOException {}
}

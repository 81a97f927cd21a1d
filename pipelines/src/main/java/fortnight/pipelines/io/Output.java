package fortnight.pipelines.io;

import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Where rows go: each result, by its title, has its own file or topic. */
public interface Output {
  Set<String> titles();

  /** The path of the file, or the address of the topic, of a result. */
  String location(String title);

  /** Writes the rows of the results. */
  PTransform<PCollection<ResultRow>, PDone> write();

  /**
   * Checks that it can be written, before a pipeline is submitted; creates topics that do not
   * exist.
   *
   * @throws fortnight.common.cli.CommandException if it cannot
   */
  default void check() {}

  /**
   * Checks that files can be created; may create directories.
   *
   * @throws fortnight.common.cli.CommandException if they cannot
   */
  default void prepare() {}

  /** Deletes what an unfinished run has left. */
  default void cleanUp() throws IOException {}
}

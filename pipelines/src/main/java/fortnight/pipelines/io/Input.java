package fortnight.pipelines.io;

import fortnight.transforms.PayloadBatch;
import fortnight.transforms.avro.SchemaSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/** An input of the pipeline: files or a topic. */
public interface Input {
  boolean isBounded();

  /** Returns the transform that reads all records, in batches, each with its source. */
  PTransform<PBegin, PCollection<PayloadBatch>> read();

  /** The canonical paths of the files, or the address of the topic. */
  Set<String> locations();

  /**
   * Checks before submission that the input can be read.
   *
   * @throws fortnight.common.cli.CommandException if it cannot be read
   */
  default void check() {}

  /** How far an event time may be ahead of the clock; empty if that is not limited. */
  default Optional<Duration> maxFutureSkew() {
    return Optional.empty();
  }

  /** Where the schemas of messages are. */
  default SchemaSource schemas() {
    return SchemaSource.NONE;
  }

  /** Adds the settings of the readers to the options of the job. */
  default void configure(PipelineOptions options) {}

  /** Whether a run over an input without records is successful. */
  default boolean mayBeEmpty() {
    return true;
  }

  /** Whether only this process can read the input, such as a pipe. */
  default boolean isLocalToProcess() {
    return false;
  }

  /**
   * Returns the properties, by name, that identify the input: a checkpoint can be restored only if
   * they are unchanged.
   *
   * @throws fortnight.common.cli.CommandException if they cannot be determined
   */
  default Map<String, String> identity() {
    return Map.of();
  }
}

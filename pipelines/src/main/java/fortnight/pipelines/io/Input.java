package fortnight.pipelines.io;

import fortnight.transforms.PayloadBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/** Where records come from. */
public interface Input {
  /** Whether it ends. */
  boolean isBounded();

  /** Reads the records in batches, each with its source. No record is rejected here. */
  PTransform<PBegin, PCollection<PayloadBatch>> read();

  /** The paths of the files, or the address of the topic. */
  List<String> locations();

  /**
   * Checks that it can be read, before a pipeline is submitted.
   *
   * @throws fortnight.common.cli.CommandException if it cannot
   */
  default void check() {}

  /** How far an event time may be ahead of the clock; empty if that is not limited. */
  default Optional<Duration> maxFutureSkew() {
    return Optional.empty();
  }

  /** Sets what its readers on workers need in the options of the job. */
  default void configure(PipelineOptions options) {}

  /** Whether an input without records is a normal input. */
  default boolean mayBeEmpty() {
    return true;
  }

  /** Whether only this process can read it, as a pipe. */
  default boolean isLocalToProcess() {
    return false;
  }

  /**
   * What identifies the records that a checkpoint's offsets refer to, by name.
   *
   * @throws fortnight.common.cli.CommandException if it cannot be determined
   */
  default Map<String, String> identity() {
    return Map.of();
  }
}

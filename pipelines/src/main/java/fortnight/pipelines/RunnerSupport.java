package fortnight.pipelines;

import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What only a runner's own classes can tell and do. Looked up when a run starts, so that pipelines
 * compile without any runner; a runner that nobody supports is used as Beam has it.
 */
public interface RunnerSupport {
  /** Whether this is about the runner that the options name. */
  boolean isFor(PipelineOptions options);

  /** What the flags say that is wrong on this runner for a stream, or for what ends by itself. */
  Optional<String> wrongFlag(PipelineOptions options, boolean isStream);

  /** Why nothing can be submitted as the options say, in one sentence; within 15 seconds. */
  Optional<String> problem(PipelineOptions options);

  /** Whether workers may be on machines that do not see this one's files. */
  boolean isElsewhere(PipelineOptions options);

  /** Whether workers are other processes than this one, here or elsewhere. */
  boolean isInOtherProcesses(PipelineOptions options);

  /** Starts the pipeline; a {@link ClusterJob} if it then goes on without this process. */
  PipelineResult run(Pipeline pipeline);

  /** The failure of a worker, in a form after which the runner does not restart the job. */
  RuntimeException withoutRestart(RuntimeException failure);

  /** The support for the runner that the options name. */
  static RunnerSupport of(PipelineOptions options) {
    return ServiceLoader.load(RunnerSupport.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(support -> support.isFor(options))
        .findFirst()
        .orElseGet(AsBeamHasIt::new);
  }
}

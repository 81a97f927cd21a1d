package fortnight.pipelines;

import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** A runner that needs no support. */
final class AsBeamHasIt implements RunnerSupport {
  @Override
  public boolean isFor(PipelineOptions options) {
    return true;
  }

  @Override
  public Optional<String> wrongFlag(PipelineOptions options, boolean isStream) {
    return Optional.empty();
  }

  @Override
  public Optional<String> problem(PipelineOptions options) {
    return Optional.empty();
  }

  @Override
  public boolean isElsewhere(PipelineOptions options) {
    return false;
  }

  @Override
  public RuntimeException withoutRestart(RuntimeException failure) {
    return failure;
  }

  @Override
  public boolean isInOtherProcesses(PipelineOptions options) {
    return false;
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    return pipeline.run();
  }
}

package fortnight.runners;

import fortnight.pipelines.options.RetailOptions;
import fortnight.pipelines.runner.RunnerSupport;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink, in this process or on a cluster: asked before anything is submitted, and watched while it
 * runs, which Beam's own attached mode does not allow.
 */
public final class FlinkSupport implements RunnerSupport {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkSupport.class);

  @Override
  public boolean isFor(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("FlinkRunner");
  }

  /** Streams alone end without a verdict; checkpoints are taken in Flink's streaming mode. */
  @Override
  public Optional<String> wrongFlag(PipelineOptions options, boolean isStream) {
    FlinkPipelineOptions flink = flink(options);
    boolean isEmbedded = !FlinkMaster.of(flink).isCluster();
    if (isEmbedded && flink.getSavepointPath() != null) {
      return Optional.of(
          "--savepointPath="
              + flink.getSavepointPath()
              + ": only a cluster resumes from it, see --flinkMaster; an embedded Flink resumes with"
              + " --stateDirectory=DIR");
    }
    if (isStream && options.as(RetailOptions.class).getStateDirectory() != null) {
      Optional<String> problem = problemWithStateDirectory(flink, isEmbedded);
      if (problem.isPresent()) {
        return problem;
      }
    }
    if (!isStream && flink.getDisableMetrics()) {
      return Optional.of(
          "--disableMetrics=true: a run that ends is judged by what it has counted; leave it out,"
              + " counting costs next to nothing here");
    }
    if (!isStream && !flink.isStreaming()) {
      return Optional.empty();
    }
    if (flink.getFasterCopy()) {
      return Optional.of(
          "--fasterCopy=true: checkpoints of a stream would hold sums of a later time, and a"
              + " restart would count twice; --objectReuse=true is as fast");
    }
    if (!flink.getFinishBundleBeforeCheckpointing()) {
      return Optional.of(
          "--finishBundleBeforeCheckpointing=false: the watermark would overtake sums that a"
              + " checkpoint holds, and they would be dropped as too late; leave it out");
    }
    return Optional.empty();
  }

  private static Optional<String> problemWithStateDirectory(
      FlinkPipelineOptions flink, boolean isEmbedded) {
    if (!isEmbedded) {
      return Optional.of(
          "--stateDirectory: a cluster keeps checkpoints where its own configuration says; leave it"
              + " out, and resume with --savepointPath=CHECKPOINT");
    }
    if (flink.getCheckpointingInterval() < 1
        || !flink.isExternalizedCheckpointsEnabled()
        || !flink.getRetainExternalizedCheckpointsOnCancellation()) {
      return Optional.of(
          "--stateDirectory: there would be no checkpoint to resume from; leave out"
              + " --checkpointingInterval=-1, --externalizedCheckpointsEnabled=false and"
              + " --retainExternalizedCheckpointsOnCancellation=false");
    }
    if (flink.getStateBackend() != null) {
      return Optional.of(
          "--stateBackend: with --stateDirectory set state.backend.type in a configuration of Flink,"
              + " and name its directory by --flinkConfDir");
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> problem(PipelineOptions options) {
    return FlinkMaster.of(flink(options)).problem();
  }

  @Override
  public boolean isElsewhere(PipelineOptions options) {
    return FlinkMaster.of(flink(options)).isElsewhere();
  }

  @Override
  public boolean isInOtherProcesses(PipelineOptions options) {
    return FlinkMaster.of(flink(options)).isCluster();
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    FlinkPipelineOptions options = flink(pipeline.getOptions());
    FlinkMaster master = FlinkMaster.of(options);
    boolean isDetached = !options.getAttachedMode() || FlinkClient.isDetached();
    // Beam's word for not waiting inside run(), where nothing can be seen or said.
    options.setAttachedMode(false);
    if (master.isCluster()) {
      FlinkPresets.forCluster(options);
      JobJar.stage(options);
    } else {
      FlinkPresets.forThisProcess(options);
    }
    if (options.getUseDataStreamForBatch() && !FlinkPresets.keepParallelism(options)) {
      LOG.warn(
          "All files would be read by one subtask, so this is a DataSet job, which takes longer. Set"
              + " {}: false in Flink's configuration",
          BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED.key());
      options.setUseDataStreamForBatch(false);
    }
    FlinkJob job = FlinkJob.of(pipeline.run());
    FlinkState.of(options).ifPresent(state -> state.keepFrom(job.id()));
    return master.isCluster() ? new FlinkClusterJob(job, master, isDetached) : job;
  }

  @Override
  public RuntimeException withoutRestart(RuntimeException failure) {
    return new SuppressRestartsException(failure);
  }

  private static FlinkPipelineOptions flink(PipelineOptions options) {
    return options.as(FlinkPipelineOptions.class);
  }
}

package fortnight.runners.flink;

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
 * Runs pipelines on an embedded Flink or on a cluster. Checks the cluster before a job is
 * submitted, and observes the job while it runs, which Beam's attached mode does not allow.
 */
public final class FlinkRunnerSupport implements RunnerSupport {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkRunnerSupport.class);

  @Override
  public boolean isFor(PipelineOptions options) {
    return RunnerSupport.isFlink(options);
  }

  /** Flink, in {@code fortnight-flink.jar}, which does not contain Beam's default runner. */
  @Override
  public Optional<String> defaultRunner() {
    return RunnerSupport.hasDirect() ? Optional.empty() : Optional.of(FLINK);
  }

  @Override
  public String masterFlag() {
    return "--flinkMaster";
  }

  @Override
  public String workers() {
    return "TaskManagers";
  }

  @Override
  public Optional<String> wrongFlag(PipelineOptions options, boolean isStream) {
    FlinkPipelineOptions flink = flink(options);
    boolean isEmbedded = !FlinkMaster.of(flink).isCluster();
    if (isEmbedded && flink.getSavepointPath() != null) {
      return Optional.of(
          "--savepointPath="
              + flink.getSavepointPath()
              + ": needs a cluster; set --flinkMaster, or use --stateDirectory=DIR with an embedded"
              + " Flink");
    }
    if (isStream && options.as(RetailOptions.class).getStateDirectory() != null) {
      Optional<String> problem = stateDirectoryProblem(flink, isEmbedded);
      if (problem.isPresent()) {
        return problem;
      }
    }
    if (!isStream && flink.getDisableMetrics()) {
      return Optional.of(
          "--disableMetrics=true: the exit status of a run depends on its counters; remove the"
              + " flag, counters cost next to nothing");
    }
    if (!isStream && !flink.isStreaming()) {
      return Optional.empty();
    }
    if (flink.getFasterCopy()) {
      return Optional.of(
          "--fasterCopy=true: checkpoints of a stream would contain sums of later records, and a"
              + " restart would count twice; use --objectReuse=true, which is as fast");
    }
    if (!flink.getFinishBundleBeforeCheckpointing()) {
      return Optional.of(
          "--finishBundleBeforeCheckpointing=false: the watermark would pass the sums in a"
              + " checkpoint, and they would be dropped as too late; remove the flag");
    }
    return Optional.empty();
  }

  private static Optional<String> stateDirectoryProblem(
      FlinkPipelineOptions flink, boolean isEmbedded) {
    if (!isEmbedded) {
      return Optional.of(
          "--stateDirectory: the configuration of a cluster sets the directory of checkpoints;"
              + " remove the flag, and resume with --savepointPath=CHECKPOINT");
    }
    if (flink.getCheckpointingInterval() < 1
        || !flink.isExternalizedCheckpointsEnabled()
        || !flink.getRetainExternalizedCheckpointsOnCancellation()) {
      return Optional.of(
          "--stateDirectory: there would be no checkpoint to resume from; remove"
              + " --checkpointingInterval=-1, --externalizedCheckpointsEnabled=false and"
              + " --retainExternalizedCheckpointsOnCancellation=false");
    }
    if (flink.getStateBackend() != null) {
      return Optional.of(
          "--stateBackend: cannot be combined with --stateDirectory; set state.backend.type in a"
              + " configuration of Flink, and its directory with --flinkConfDir");
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
    // So that pipeline.run() returns while the job runs, and progress can be reported.
    options.setAttachedMode(false);
    if (master.isCluster()) {
      FlinkDefaults.setForCluster(options);
      JobJar.stage(options);
    } else {
      FlinkDefaults.setForEmbedded(options);
    }
    if (options.getUseDataStreamForBatch() && !FlinkDefaults.keepsParallelism(options)) {
      LOG.warn(
          "One subtask would read all files, so this runs as a DataSet job, which is slower; set"
              + " {}: false in Flink's configuration",
          BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED.key());
      options.setUseDataStreamForBatch(false);
    }
    FlinkJob job = FlinkJob.of(pipeline.run());
    RetainedCheckpoints.of(options).ifPresent(retained -> retained.deleteOlderThan(job.id()));
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

package fortnight.pipelines.runner;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What depends on the classes of a runner. It is found by the service loader when a run starts, so
 * that pipelines compile without any runner. The default methods are those of a runner without
 * support.
 */
public interface RunnerSupport {
  /** The name of Beam's runner for one process, as in {@code --runner}. */
  String DIRECT = "DirectRunner";

  /** The name of the runner on Flink, as in {@code --runner}. */
  String FLINK = "FlinkRunner";

  /** The name of the runner on Spark, as in {@code --runner}. */
  String SPARK = "SparkRunner";

  /** Whether this supports the runner of the options. */
  boolean isFor(PipelineOptions options);

  /** The runner of runs without {@code --runner}; by default, Beam's. */
  default Optional<String> defaultRunner() {
    return Optional.empty();
  }

  /** What is wrong with the flags for a stream, or for bounded input, on this runner. */
  default Optional<String> wrongFlag(PipelineOptions options, boolean isStream) {
    return Optional.empty();
  }

  /** Why the options allow no submission, in one sentence; takes at most 15 seconds. */
  default Optional<String> problem(PipelineOptions options) {
    return Optional.empty();
  }

  /** Whether workers may be on machines that do not see the files of this one. */
  default boolean isElsewhere(PipelineOptions options) {
    return false;
  }

  /** Whether workers are processes other than this one, on this machine or elsewhere. */
  default boolean isInOtherProcesses(PipelineOptions options) {
    return false;
  }

  /** The flag that selects a cluster. */
  default String masterFlag() {
    return "--runner";
  }

  /** The runner's name of the processes that execute a pipeline on a cluster, in the plural. */
  default String workers() {
    return "workers";
  }

  /** Starts the pipeline; returns a {@link ClusterJob} if it continues without this process. */
  default PipelineResult run(Pipeline pipeline) {
    return pipeline.run();
  }

  /** Why the counters of a finished run may be too high, in one sentence. */
  default Optional<String> doubtAboutCounts() {
    return Optional.empty();
  }

  /** The failure of a worker, in a form after which the runner does not restart the job. */
  default RuntimeException withoutRestart(RuntimeException failure) {
    return failure;
  }

  /** The support for the runner of the options. */
  static RunnerSupport of(PipelineOptions options) {
    return all().filter(support -> support.isFor(options)).findFirst().orElse(any -> true);
  }

  /** What supports the runners of this jar. */
  static Stream<RunnerSupport> all() {
    return ServiceLoader.load(RunnerSupport.class).stream().map(ServiceLoader.Provider::get);
  }

  /** Whether the options select Flink, whose classes may not be on the class path. */
  static boolean isFlink(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals(FLINK);
  }

  /** Whether Beam's runner for one process is in this jar. */
  static boolean hasDirect() {
    try {
      Class.forName(
          "org.apache.beam.runners.direct.DirectRunner",
          false,
          RunnerSupport.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Whether the options select Beam's runner for one process. */
  static boolean isDirect(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals(DIRECT);
  }

  /**
   * Whether Flink's client or JobManager runs this process. They load classes their own way, and
   * exit later.
   */
  static boolean isInsideFlink() {
    return RunnerSupport.class
        .getClassLoader()
        .getClass()
        .getName()
        .startsWith("org.apache.flink.");
  }

  /** A job on a cluster, which continues when this process ends. */
  interface ClusterJob extends PipelineResult {
    /** Which job it is and where to find it, in words. */
    String place();

    /** Whether this process ends without waiting for the job. */
    boolean isDetached();
  }

  /** The cluster does not respond; the job may still be running. */
  static final class UnreachableJobException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param place the job, and where to find it
     */
    public UnreachableJobException(String place, Throwable cause) {
      super(
          "the cluster does not respond; check there whether the job is running: " + place, cause);
    }
  }
}

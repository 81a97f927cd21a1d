package fortnight.runners.spark;

import fortnight.pipelines.runner.RunnerSupport;
import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** Runs bounded pipelines on an embedded Spark or on a cluster, and rejects streams. */
public final class SparkRunnerSupport implements RunnerSupport {
  private static final String LISTENERS = "spark.extraListeners";

  @Override
  public boolean isFor(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals(SPARK);
  }

  @Override
  public Optional<String> defaultRunner() {
    return Optional.of(SPARK);
  }

  @Override
  public Optional<String> wrongFlag(PipelineOptions options, boolean isStream) {
    SparkPipelineOptions spark = spark(options);
    if (isStream) {
      return Optional.of(
          "--runner=SparkRunner: only for runs that end, because watermarks of streams are wrong"
              + " there (apache/beam#19411, apache/beam#23129); add --until=now, or use"
              + " fortnight.jar with --runner=FlinkRunner");
    }
    if (spark.isStreaming()) {
      return Optional.of(
          "--streaming=true: on Spark only for runs that have no end, which are not supported"
              + " there; remove the flag");
    }
    if (spark.isCacheDisabled()) {
      return Optional.of(
          "--cacheDisabled=true: records that two steps use would be read twice, and counted twice;"
              + " remove the flag");
    }
    return SparkMaster.of(spark).mistake();
  }

  @Override
  public Optional<String> problem(PipelineOptions options) {
    return SparkMaster.of(spark(options)).problem();
  }

  @Override
  public boolean isElsewhere(PipelineOptions options) {
    return !SparkMaster.of(spark(options)).isOnThisMachine();
  }

  @Override
  public boolean isInOtherProcesses(PipelineOptions options) {
    return !SparkMaster.of(spark(options)).isLocal();
  }

  @Override
  public String masterFlag() {
    return "--sparkMaster";
  }

  @Override
  public String workers() {
    return "executors";
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    SparkPipelineOptions options = spark(pipeline.getOptions());
    SparkMaster master = SparkMaster.of(options);
    if (master.isLocal() && options.getFilesToStage() == null) {
      options.setFilesToStage(List.of()); // The class path is that of the executor.
    }
    if (master.isOnThisMachine()) {
      // Only processes of this machine connect; Spark's defaults listen on all interfaces.
      setUnlessGiven("spark.driver.bindAddress", "127.0.0.1");
      setUnlessGiven("spark.driver.host", "localhost");
      setUnlessGiven("spark.ui.enabled", "false");
    }
    addListener();
    return pipeline.run();
  }

  @Override
  public Optional<String> doubtAboutCounts() {
    return RepeatedWork.isFound()
        ? Optional.of(
            "Spark repeated some of the work, and the counts include it twice; the results are not"
                + " affected.")
        : Optional.empty();
  }

  /** Sets a property of Spark's configuration, of which spark-submit may have set others. */
  private static void setUnlessGiven(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  private static void addListener() {
    String own = RepeatedWork.class.getName();
    String all = System.getProperty(LISTENERS, own);
    System.setProperty(
        LISTENERS, List.of(all.split(",", -1)).contains(own) ? all : all + "," + own);
  }

  private static SparkPipelineOptions spark(PipelineOptions options) {
    return options.as(SparkPipelineOptions.class);
  }
}

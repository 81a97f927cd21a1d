package fortnight.pipelines.options;

import fortnight.pipelines.runner.RunnerSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * What a new user need not know: the flags of a runner that measurements justify. Whatever the user
 * sets himself stays as it is.
 */
final class RunnerDefaults {
  private static final Map<String, List<String>> DEFAULTS =
      Map.of(
          "DirectRunner",
          List.of(
              // Checks for tests of pipelines, which make a run about 14 times slower.
              "--enforceImmutability=false",
              "--enforceEncodability=false",
              // As many workers as processors; Beam takes three where there are two.
              "--targetParallelism=" + Runtime.getRuntime().availableProcessors(),
              // So that progress can be shown; the run is waited for all the same.
              "--blockOnRun=false"),
          "FlinkRunner",
          List.of(
              "--jobName=fortnight",
              // Without it Flink copies each element at each step.
              "--objectReuse=true",
              // Without it the watermark overtakes sums that a checkpoint holds.
              "--finishBundleBeforeCheckpointing=true"));

  private static final List<String> FOR_BATCHES_ON_FLINK =
      List.of(
          // Parsing has two outputs, which Flink's other way of running batches cannot chain.
          "--useDataStreamForBatch=true");

  /**
   * A full disk or a damaged file stays what it is, and a pipe cannot be read twice. A cluster may
   * lose a TaskManager, and keeps its own restart strategy.
   */
  private static final List<String> FOR_BATCHES_ON_EMBEDDED_FLINK =
      List.of("--numberOfExecutionRetries=0");

  private static final String MASTER = "--flinkMaster=";

  private static final List<String> FOR_TOPICS_ON_FLINK =
      List.of(
          // Bundles of many transactions are added up to few sums, and end often enough for
          // results to flow. A third fewer records a second without.
          "--maxBundleSize=20000",
          "--maxBundleTimeMills=200",
          // For each partition a reader of its own, so that a job can be restored with more
          // subtasks than it was begun with; no slower in two runs each on a busy machine.
          "--maxParallelism=128",
          // After a failure the stream goes on where it was. Its cost was within the noise of two
          // runs each on a busy machine.
          "--checkpointingInterval=10000",
          // The last one stays when a job is cancelled, or its JobManager dies.
          "--externalizedCheckpointsEnabled=true",
          "--retainExternalizedCheckpointsOnCancellation=true",
          // A checkpoint that fails makes the next one larger, not the figures wrong.
          "--failOnCheckpointingErrors=false");

  /** Flink finds state by the names of steps, so no two steps may share one. */
  private static final String UNIQUE_NAMES = "--stableUniqueNames=ERROR";

  private static final String TOPIC = "--input=kafka://";

  private RunnerDefaults() {}

  static PipelineOptions addTo(List<String> args) {
    PipelineOptions asked = PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).create();
    List<String> all = new ArrayList<>(args);
    addUnlessGiven(all, UNIQUE_NAMES);
    String runner = asked.getRunner().getSimpleName();
    DEFAULTS.getOrDefault(runner, List.of()).forEach(flag -> addUnlessGiven(all, flag));
    if (runner.equals("FlinkRunner")) {
      (isStream(args) ? FOR_TOPICS_ON_FLINK : FOR_BATCHES_ON_FLINK)
          .forEach(flag -> addUnlessGiven(all, flag));
      if (!isStream(args) && isEmbedded(args)) {
        FOR_BATCHES_ON_EMBEDDED_FLINK.forEach(flag -> addUnlessGiven(all, flag));
      }
    }
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create();
  }

  private static boolean isEmbedded(List<String> args) {
    // Masters in this process are in brackets: [local], [auto], [collection].
    return !RunnerSupport.isInsideFlink()
        && args.stream()
            .filter(arg -> arg.startsWith(MASTER))
            .allMatch(arg -> arg.startsWith(MASTER + "["));
  }

  private static boolean isStream(List<String> args) {
    return args.stream().anyMatch(arg -> arg.startsWith(TOPIC))
        && args.stream().noneMatch(arg -> arg.startsWith("--until="));
  }

  private static void addUnlessGiven(List<String> args, String flag) {
    String name = flag.substring(0, flag.indexOf('='));
    if (args.stream().noneMatch(arg -> arg.equals(name) || arg.startsWith(name + "="))) {
      args.add(flag);
    }
  }
}

package fortnight.pipelines.options;

import fortnight.pipelines.runner.RunnerSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Defaults for flags of Beam and its runners, chosen by measurement. Flags that the user sets take
 * precedence.
 */
final class RunnerDefaults {
  private static final Map<String, List<String>> DEFAULTS =
      Map.of(
          RunnerSupport.DIRECT,
          List.of(
              // Checks for tests of pipelines, with which a run takes about 14 times as long.
              "--enforceImmutability=false",
              "--enforceEncodability=false",
              // As many workers as processors; Beam uses at least three.
              "--targetParallelism=" + Runtime.getRuntime().availableProcessors(),
              // So that progress is reported; PipelineRun waits for the end.
              "--blockOnRun=false"),
          RunnerSupport.SPARK,
          List.of(
              "--jobName=fortnight",
              "--appName=fortnight",
              // With a number, as otherwise Beam sends the jar to this process, too.
              "--sparkMaster=local[" + Runtime.getRuntime().availableProcessors() + "]",
              // Otherwise what does not fit into memory is computed again, and counted again.
              "--storageLevel=MEMORY_AND_DISK"),
          RunnerSupport.FLINK,
          List.of(
              "--jobName=fortnight",
              // Otherwise Flink copies each element at each step.
              "--objectReuse=true",
              // Otherwise the watermark overtakes sums that are in a checkpoint.
              "--finishBundleBeforeCheckpointing=true"));

  private static final List<String> FOR_BATCHES_ON_FLINK =
      List.of(
          // Flink's DataSet API cannot chain a step with two outputs, as parsing is.
          "--useDataStreamForBatch=true");

  /**
   * A retry does not help with a full disk or a damaged file, and a pipe cannot be read twice. A
   * cluster can lose a TaskManager, and keeps its own restart strategy.
   */
  private static final List<String> FOR_BATCHES_ON_EMBEDDED_FLINK =
      List.of("--numberOfExecutionRetries=0");

  private static final String MASTER = "--flinkMaster=";

  private static final List<String> FOR_TOPICS_ON_FLINK =
      List.of(
          // Bundles are large enough to sum many transactions before the shuffle, and short enough
          // for timely results. Without it the throughput is a third lower.
          "--maxBundleSize=20000",
          "--maxBundleTimeMills=200",
          // A job can be restored with up to this parallelism. No cost was measurable.
          "--maxParallelism=128",
          // After a failure the stream resumes from the last checkpoint. No cost was measurable.
          "--checkpointingInterval=10000",
          // The last checkpoint is kept if the job is cancelled, or its JobManager fails.
          "--externalizedCheckpointsEnabled=true",
          "--retainExternalizedCheckpointsOnCancellation=true",
          // A failed checkpoint makes the next one larger, but no result wrong.
          "--failOnCheckpointingErrors=false");

  /** Flink finds state by the names of steps, which must be unique. */
  private static final String UNIQUE_NAMES = "--stableUniqueNames=ERROR";

  private static final String TOPIC = "--input=kafka://";

  private RunnerDefaults() {}

  static RetailOptions addTo(List<String> args, BeamFlags flags) {
    List<String> all = new ArrayList<>(args);
    RunnerSupport.all()
        .flatMap(support -> support.defaultRunner().stream())
        .forEach(runner -> addUnlessGiven(all, "--runner=" + runner));
    RetailOptions asked = parse(all);
    addUnlessGiven(all, UNIQUE_NAMES);
    String runner = asked.getRunner().getSimpleName();
    DEFAULTS.getOrDefault(runner, List.of()).forEach(flag -> addUnlessGiven(all, flag));
    if (RunnerSupport.isFlink(asked)) {
      (isStream(args) ? FOR_TOPICS_ON_FLINK : FOR_BATCHES_ON_FLINK)
          .forEach(flag -> addUnlessGiven(all, flag));
      if (!isStream(args) && isEmbedded(args)) {
        FOR_BATCHES_ON_EMBEDDED_FLINK.forEach(flag -> addUnlessGiven(all, flag));
      }
    }
    all.stream().map(BeamArguments::nameOf).forEach(flags::register);
    return parse(all);
  }

  private static RetailOptions parse(List<String> args) {
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(RetailOptions.class);
  }

  private static boolean isEmbedded(List<String> args) {
    // [local], [auto] and [collection] run in this process.
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

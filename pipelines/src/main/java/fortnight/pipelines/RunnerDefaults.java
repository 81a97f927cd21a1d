package fortnight.pipelines;

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
              // So that progress can be shown; the run is waited for all the same.
              "--blockOnRun=false"),
          "FlinkRunner",
          // Without it Flink copies each element at each step.
          List.of("--objectReuse=true"));

  /**
   * What Flink needs to read topics fast: bundles of many transactions are added up to few sums,
   * and end often enough for results to flow. A third fewer records a second without.
   */
  private static final List<String> FOR_TOPICS_ON_FLINK =
      List.of("--maxBundleSize=20000", "--maxBundleTimeMills=200");

  /** Flink finds state by the names of steps, so no two steps may share one. */
  private static final String UNIQUE_NAMES = "--stableUniqueNames=ERROR";

  private RunnerDefaults() {}

  static PipelineOptions addTo(List<String> args) {
    PipelineOptions asked = PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).create();
    List<String> all = new ArrayList<>(args);
    addUnlessGiven(all, UNIQUE_NAMES);
    String runner = asked.getRunner().getSimpleName();
    DEFAULTS.getOrDefault(runner, List.of()).forEach(flag -> addUnlessGiven(all, flag));
    if (runner.equals("FlinkRunner") && args.stream().anyMatch(RunnerDefaults::isTopic)) {
      FOR_TOPICS_ON_FLINK.forEach(flag -> addUnlessGiven(all, flag));
    }
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create();
  }

  private static boolean isTopic(String arg) {
    return arg.startsWith("--input=") && KafkaAddress.isMeantBy(arg.substring("--input=".length()));
  }

  private static void addUnlessGiven(List<String> args, String flag) {
    String name = flag.substring(0, flag.indexOf('='));
    if (args.stream().noneMatch(arg -> arg.equals(name) || arg.startsWith(name + "="))) {
      args.add(flag);
    }
  }
}

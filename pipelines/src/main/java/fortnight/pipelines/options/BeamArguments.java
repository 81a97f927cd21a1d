package fortnight.pipelines.options;

import fortnight.common.cli.FlagErrors;
import fortnight.pipelines.runner.RunnerSupport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Converts arguments to Beam's options, and reports every argument that is wrong. */
public final class BeamArguments {
  private static final String HELP = "help";

  /** The jars of runners that cannot be in one jar. */
  private static final Map<String, String> JARS =
      Map.of(
          "--runner=" + RunnerSupport.DIRECT,
          "fortnight.jar",
          "--runner=" + RunnerSupport.FLINK,
          "fortnight.jar",
          "--runner=" + RunnerSupport.SPARK,
          "fortnight-spark.jar");

  /** The runners of the flags that select a cluster; with another one, the run would be local. */
  private static final Map<String, String> RUNNERS_OF_MASTERS =
      Map.of("flinkMaster", RunnerSupport.FLINK, "sparkMaster", RunnerSupport.SPARK);

  private BeamArguments() {}

  public static boolean asksForHelp(String... args) {
    return Arrays.stream(args).anyMatch(arg -> arg.equals("-h") || nameOf(arg).equals(HELP));
  }

  /** Parses the arguments; those that are wrong are reported and left out. */
  static RetailOptions parse(List<String> args, FlagErrors errors) {
    BeamFlags flags = BeamFlags.load();
    args.stream()
        .map(BeamArguments::nameOf)
        .filter(flags.names()::contains)
        .forEach(flags::register);
    List<String> right = areRight(args, flags) ? args : rightOnes(args, flags, errors);
    RetailOptions options = RunnerDefaults.addTo(right, flags);
    for (String arg : args) {
      String runner = RUNNERS_OF_MASTERS.get(nameOf(arg));
      if (runner != null
          && !runner.equals(options.getRunner().getSimpleName())
          && !args.contains("--runner=" + runner)) { // Then this jar does not contain the runner.
        errors.add("%s: needs --runner=%s".formatted(arg, runner));
      }
    }
    return options;
  }

  private static boolean areRight(List<String> args, BeamFlags flags) {
    return args.stream().allMatch(arg -> flags.names().contains(nameOf(arg))) && canParse(args);
  }

  private static List<String> rightOnes(List<String> args, BeamFlags flags, FlagErrors errors) {
    List<String> right = new ArrayList<>();
    for (String arg : args) {
      String name = nameOf(arg);
      if (name.isEmpty()) {
        errors.add(arg + ": not a flag; a flag is --NAME=VALUE");
      } else if (!flags.names().contains(name) && !RUNNERS_OF_MASTERS.containsKey(name)) {
        errors.add(
            "--%s: unknown flag; did you mean --%s?"
                .formatted(name, FlagErrors.nearest(name, flags.names())));
      } else if (flags.names().contains(name) && isRight(arg, errors)) {
        if (mayFollow(right, arg)) {
          right.add(arg);
        } else {
          errors.add("--" + name + ": set it only once");
        }
      }
    }
    return right;
  }

  /** Parses one argument, because Beam reports only the first that it cannot parse. */
  private static boolean isRight(String arg, FlagErrors errors) {
    try {
      PipelineOptionsFactory.fromArgs(arg).as(RetailOptions.class);
      return true;
    } catch (IllegalArgumentException e) {
      errors.add(
          JARS.containsKey(arg)
              ? "%s: is not in this jar, but in %s; use ./fortnight, which builds it if it is missing"
                  .formatted(arg, JARS.get(arg))
              : arg + ": " + e.getMessage().lines().findFirst().orElse(""));
      return false;
    }
  }

  /**
   * Whether an argument may be added; only those of Beam's flags that are lists can be repeated.
   */
  private static boolean mayFollow(List<String> right, String arg) {
    List<String> ofOneName = new ArrayList<>(right);
    ofOneName.removeIf(other -> !nameOf(other).equals(nameOf(arg)));
    ofOneName.add(arg);
    return canParse(ofOneName);
  }

  private static boolean canParse(List<String> args) {
    try {
      PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(RetailOptions.class);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The name of the flag of an argument; empty if the argument is not a flag. */
  static String nameOf(String arg) {
    if (!arg.startsWith("--")) {
      return "";
    }
    int end = arg.indexOf('=');
    return arg.substring(2, end < 0 ? arg.length() : end);
  }
}

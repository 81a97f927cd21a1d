package fortnight.pipelines;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Makes options of arguments; finds every argument that is none. */
final class CommandLine {
  private static final String HELP = "help";

  private CommandLine() {}

  static boolean asksForHelp(String... args) {
    return Arrays.stream(args).anyMatch(arg -> arg.equals("-h") || nameOf(arg).equals(HELP));
  }

  /** The options that the arguments name, without those that have a problem. */
  static RetailOptions parse(List<String> args, Problems problems) {
    PipelineOptionsFactory.register(RetailOptions.class);
    Set<String> known = knownFlags();
    List<String> right = new ArrayList<>();
    for (String arg : args) {
      String name = nameOf(arg);
      if (name.isEmpty()) {
        problems.add(arg + ": not a flag; a flag is --name=value");
      } else if (!known.contains(name)) {
        problems.add("--" + name + ": no such flag; did you mean --" + nearest(name, known) + "?");
      } else if (isRight(arg, problems)) {
        if (mayFollow(right, arg)) {
          right.add(arg);
        } else {
          problems.add("--" + name + ": given more than once");
        }
      }
    }
    return RunnerDefaults.addTo(right).as(RetailOptions.class);
  }

  /** One argument at a time, since Beam names only the first that it cannot read. */
  private static boolean isRight(String arg, Problems problems) {
    try {
      PipelineOptionsFactory.fromArgs(arg).as(RetailOptions.class);
      return true;
    } catch (IllegalArgumentException e) {
      problems.add(arg + ": " + e.getMessage().lines().findFirst().orElse(""));
      return false;
    }
  }

  /** Some of Beam's flags are lists, and may be given again; the others may not. */
  private static boolean mayFollow(List<String> right, String arg) {
    List<String> ofOneName = new ArrayList<>(right);
    ofOneName.removeIf(other -> !nameOf(other).equals(nameOf(arg)));
    ofOneName.add(arg);
    try {
      PipelineOptionsFactory.fromArgs(ofOneName.toArray(String[]::new)).as(RetailOptions.class);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String nameOf(String arg) {
    if (!arg.startsWith("--")) {
      return "";
    }
    int end = arg.indexOf('=');
    return arg.substring(2, end < 0 ? arg.length() : end);
  }

  private static String nearest(String name, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparing(candidate -> distance.apply(name, candidate)))
        .orElseThrow();
  }

  /** Beam's, every runner's that is on the class path, and our own. */
  private static Set<String> knownFlags() {
    Set<String> names = new TreeSet<>();
    for (Class<? extends PipelineOptions> options : PipelineOptionsFactory.getRegisteredOptions()) {
      for (Method method : options.getMethods()) {
        String name = method.getName();
        if (method.getParameterCount() == 0 && name.startsWith("get")) {
          names.add(Introspector.decapitalize(name.substring("get".length())));
        } else if (method.getParameterCount() == 0 && name.startsWith("is")) {
          names.add(Introspector.decapitalize(name.substring("is".length())));
        }
      }
    }
    return names;
  }
}

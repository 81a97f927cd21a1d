package fortnight.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** Says all that is wrong with flags at once. */
final class FlagChecks {
  private FlagChecks() {}

  /** Flags that know what they may be. */
  interface Checked {
    /** Adds a sentence for each that is wrong. */
    void check(List<String> problems);
  }

  /** Sets the flags; a sentence for each that is wrong. */
  static List<String> problems(Checked flags, String... args) {
    CommandLine line = new CommandLine(flags);
    line.getCommandSpec().parser().collectErrors(true);
    List<String> problems = new ArrayList<>();
    line.parseArgs(args).errors().forEach(error -> problems.add(error.getMessage()));
    flags.check(problems);
    return problems;
  }

  static void positive(String flag, int value, List<String> problems) {
    if (value < 1) {
      problems.add("%s=%d: at least 1".formatted(flag, value));
    }
  }

  static void known(String flag, List<String> given, Set<String> names, List<String> problems) {
    for (String name : given) {
      if (!names.contains(name)) {
        problems.add(
            "%s=%s: one of %s".formatted(flag, name, String.join(", ", new TreeSet<>(names))));
      }
    }
  }
}

package fortnight.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** What is wrong with flags, all of it at once. */
final class FlagChecks {
  private FlagChecks() {}

  /** Sets the flags; a sentence for each that is wrong. */
  static List<String> problems(BenchmarkFlags flags, String... args) {
    CommandLine line = new CommandLine(flags);
    line.getCommandSpec().parser().collectErrors(true);
    List<String> problems = new ArrayList<>();
    line.parseArgs(args).errors().forEach(error -> problems.add(error.getMessage()));
    if (flags.runs < 1) {
      problems.add("--runs=%d: at least 1".formatted(flags.runs));
    }
    if (flags.transactions.stream().anyMatch(count -> count < 20_000)) {
      problems.add("--transactions: at least 20000 each; fewer are too few households");
    }
    Set<String> names = names();
    for (String name : flags.only) {
      if (!names.contains(name)) {
        problems.add("--only=%s: one of %s".formatted(name, String.join(", ", names)));
      }
    }
    return problems;
  }

  private static Set<String> names() {
    Contenders contenders = new Contenders(null);
    Set<String> names = new TreeSet<>(List.of("files", "kafka"));
    contenders.ofFiles().forEach(contender -> names.add(contender.name()));
    contenders.ofTopics().forEach(contender -> names.add(contender.name()));
    return names;
  }
}

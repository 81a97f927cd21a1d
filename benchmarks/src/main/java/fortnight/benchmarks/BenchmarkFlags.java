package fortnight.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags of {@link Benchmarks}, as given. */
@Command(
    name = "Benchmarks",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Runs Fortnight and its peers in turn over the same transactions.",
    footer = {
      "",
      "A first look, in some minutes:",
      "  java -jar benchmarks/target/benchmarks.jar --transactions=150000 --runs=1",
      "",
      "Exit status: 0 done, 1 a run failed or gave other answers, 2 wrong flags."
    })
final class BenchmarkFlags extends CommonFlags implements FlagChecks.Checked {
  @Option(
      names = "--transactions",
      split = ",",
      paramLabel = "N",
      description = "about so many, one table for each; default: ${DEFAULT-VALUE}")
  List<Integer> transactions = List.of(150_000, 1_500_000, 15_000_000);

  @Option(names = "--runs", paramLabel = "N", description = "of each; default: ${DEFAULT-VALUE}")
  int runs = 3;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "contenders by name, or files, or kafka; default: all")
  List<String> only = List.of();

  @Option(names = "--noLimits", description = "also those that take hours at the larger sizes")
  boolean noLimits;

  @Override
  public void check(List<String> problems) {
    FlagChecks.positive("--runs", runs, problems);
    if (transactions.stream().anyMatch(count -> count < 20_000)) {
      problems.add("--transactions: at least 20000 each; fewer are too few households");
    }
    FlagChecks.known("--only", only, names(), problems);
  }

  private static Set<String> names() {
    Contenders contenders = new Contenders(null);
    Set<String> names = new TreeSet<>(List.of("files", "kafka"));
    contenders.ofFiles().forEach(contender -> names.add(contender.name()));
    contenders.ofTopics().forEach(contender -> names.add(contender.name()));
    return names;
  }
}

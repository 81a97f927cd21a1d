package fortnight.benchmarks;

import java.nio.file.Path;
import java.util.List;
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
final class BenchmarkFlags {
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

  @Option(names = "--output", paramLabel = "FILE", description = "the tables, as Markdown")
  Path output;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "where data is made, and kept for the next time; default: ${DEFAULT-VALUE}")
  Path work = Path.of("benchmarks", "target", "work");

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "a run that takes longer has failed; default: ${DEFAULT-VALUE}")
  int patience = 1800;

  @Option(names = "--help", usageHelp = true, description = "show this")
  boolean help;
}

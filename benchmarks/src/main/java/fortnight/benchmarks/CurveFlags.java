package fortnight.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags of {@link Curves}, as given. */
@Command(
    name = "Curves",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Runs Fortnight over files of which one thing grows from run to run.",
    footer = {
      "",
      "A single curve, in a minute or two:",
      "  java -cp benchmarks/target/benchmarks.jar fortnight.benchmarks.Curves --only=overlap",
      "",
      "Exit status: 0 done, 1 a run failed or gave wrong rows, 2 wrong flags."
    })
final class CurveFlags extends CommonFlags implements FlagChecks.Checked {
  @Option(names = "--runs", paramLabel = "N", description = "of each; default: ${DEFAULT-VALUE}")
  int runs = 1;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "of records, items, overlap, parallelism; default: all")
  List<String> only = List.of();

  @Override
  public void check(List<String> problems) {
    FlagChecks.positive("--runs", runs, problems);
    FlagChecks.known(
        "--only",
        only,
        Curve.all().stream().map(Curve::name).collect(Collectors.toSet()),
        problems);
  }

  /** Those that were asked for. */
  List<Curve> chosen() {
    return Curve.all().stream()
        .filter(curve -> only.isEmpty() || only.contains(curve.name()))
        .toList();
  }
}

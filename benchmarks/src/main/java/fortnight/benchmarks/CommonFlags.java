package fortnight.benchmarks;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flags of both commands, as given. */
abstract class CommonFlags {
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

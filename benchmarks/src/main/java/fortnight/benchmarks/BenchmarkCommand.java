package fortnight.benchmarks;

import fortnight.benchmarks.measure.Jars;
import fortnight.benchmarks.measure.Machine;
import fortnight.common.cli.CliCommand;
import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.cli.FlagErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** A command that measures runs, and writes tables. */
abstract class BenchmarkCommand extends CliCommand {
  @Option(names = "--output", paramLabel = "FILE", description = "write the tables as Markdown")
  private Path output;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "where data is created, and kept for later runs; default: ${DEFAULT-VALUE}")
  private Path work = Path.of("benchmarks", "target", "work");

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "a run that takes longer fails; default: ${DEFAULT-VALUE}")
  int patience = 1800;

  /**
   * Measures, and returns the tables.
   *
   * @param directory for data
   * @param messages for progress
   */
  abstract List<String> measure(Jars jars, Path directory, PrintStream tables, PrintStream messages)
      throws Exception;

  @Override
  protected final void run(PrintStream tables, PrintStream messages) throws InterruptedException {
    Machine.check();
    try {
      Path directory = Files.createDirectories(work.toAbsolutePath());
      List<String> text = measure(Jars.find(), directory, tables, messages);
      if (output != null) {
        Files.writeString(output, Machine.describe() + "\n\n" + String.join("\n", text));
      }
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw CommandException.failed(ErrorMessages.of(e), e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static void checkAtLeastOne(String flag, int value, FlagErrors errors) {
    errors.check(value >= 1, "%s=%d: must be 1 or more".formatted(flag, value));
  }

  static void checkNames(
      String flag, List<String> given, Collection<String> names, FlagErrors errors) {
    for (String name : given) {
      errors.check(
          names.contains(name),
          "%s=%s: use one of %s".formatted(flag, name, String.join(", ", new TreeSet<>(names))));
    }
  }
}

package fortnight.benchmarks.contenders;

import fortnight.benchmarks.checks.ExpectedResults;
import fortnight.benchmarks.checks.ResultFigures;
import fortnight.benchmarks.measure.MeasuredProcess;
import fortnight.benchmarks.measure.TrialDirectory;
import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Runs contenders that read a file and end. */
public record FileTrials(ExpectedResults expected, Path work, int patienceSeconds)
    implements Trials {
  @Override
  public Trial run(Contender contender) throws IOException, InterruptedException {
    TrialDirectory directory = TrialDirectory.create(work, contender.name());
    Path output = directory.output();
    List<String> command =
        contender
            .program()
            .command(expected.file().toString(), output.toString(), directory.scratch());
    MeasuredProcess.Usage usage;
    try (MeasuredProcess process = MeasuredProcess.start(command, directory.log())) {
      usage = process.await(patienceSeconds);
    }
    // Sliding windows add one that begins with the last week, which is not compared.
    ResultFigures figures = ResultFigures.in(output).until(expected.lastWeek());
    String difference = figures.difference(expected.figures());
    if (!difference.isEmpty()) {
      throw CommandException.failed(
          "%s gives other results than expected: %s; see %s"
              .formatted(contender.name(), difference, output));
    }
    directory.delete();
    return new Trial(usage, OptionalDouble.empty());
  }
}

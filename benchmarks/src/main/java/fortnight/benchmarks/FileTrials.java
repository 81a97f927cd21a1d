package fortnight.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Runs contenders that read a file and end. */
record FileTrials(Shop shop, Path work, int patienceSeconds) implements Trials {
  @Override
  public Trial run(Contender contender) throws CannotRun, IOException, InterruptedException {
    TrialDirectory directory = TrialDirectory.make(work, contender.name());
    Path output = directory.output();
    List<String> command =
        contender.program().command(shop.file().toString(), output.toString(), directory.scratch());
    Usage usage;
    try (MeasuredProcess process = MeasuredProcess.start(command, directory.log())) {
      usage = process.await(patienceSeconds);
    }
    // Who uses sliding windows also has one that begins with the last week: of that nobody asked.
    String difference = Answers.in(output).until(shop.lastWeek()).difference(shop.answers());
    if (!difference.isEmpty()) {
      throw new CannotRun(
          "%s gives other answers than the simulator's truth: %s; see %s"
              .formatted(contender.name(), difference, output));
    }
    directory.delete();
    return new Trial(usage, OptionalDouble.empty());
  }
}

package fortnight.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Runs Fortnight over simulated years, and checks what it answers. */
record CurveTrials(Jars jars, Path work, int patienceSeconds) {
  /** What the pipeline runs on. */
  enum Runner {
    DIRECT("DirectRunner", "targetParallelism"),
    FLINK("FlinkRunner", "parallelism");

    private final String title;
    private final String parallelism;

    Runner(String title, String parallelism) {
      this.title = title;
      this.parallelism = parallelism;
    }

    String title() {
      return title;
    }

    private List<String> flags(int workers) {
      return List.of("--runner=" + title, "--%s=%d".formatted(parallelism, workers));
    }
  }

  /** What a run took, and how many rows it wrote. */
  record Result(Trial trial, long rows) {}

  Result run(Curve.Point point, Runner runner, SimulatedYear year, WindowSums truth)
      throws CannotRun, IOException, InterruptedException {
    TrialDirectory directory = TrialDirectory.make(work, "curve");
    List<String> command = Jars.java("-jar", jars.fortnight().toString());
    command.addAll(runner.flags(point.parallelism()));
    command.addAll(point.flags());
    command.add("--input=" + year.file());
    command.add("--output=" + directory.output());
    Usage usage;
    try (MeasuredProcess process = MeasuredProcess.start(command, directory.log())) {
      usage = process.await(patienceSeconds);
    }
    long rows = RowChecks.check(directory.output(), truth);
    directory.delete();
    return new Result(new Trial(usage, OptionalDouble.empty()), rows);
  }
}

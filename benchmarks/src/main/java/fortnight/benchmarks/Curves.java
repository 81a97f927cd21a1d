package fortnight.benchmarks;

import fortnight.benchmarks.checks.RowChecks;
import fortnight.benchmarks.checks.SimulatedYear;
import fortnight.benchmarks.checks.WindowSums;
import fortnight.benchmarks.measure.Jars;
import fortnight.benchmarks.measure.MeasuredProcess;
import fortnight.benchmarks.measure.MeasuredProcess.Usage;
import fortnight.benchmarks.measure.Spread;
import fortnight.benchmarks.measure.TrialDirectory;
import fortnight.common.cli.FlagErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that measures Fortnight alone, over inputs of which one property grows. */
@Command(
    name = "Curves",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Runs Fortnight over files of which one property grows from run to run.",
    footer = {
      "",
      "A single curve, in a minute or two:",
      "  java -cp benchmarks/target/benchmarks.jar fortnight.benchmarks.Curves --only=overlap",
      "",
      "Exit status: 0 done, 1 a run failed or gave wrong rows, 2 wrong flags."
    })
public final class Curves extends BenchmarkCommand {
  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "runs of each point; default: ${DEFAULT-VALUE}")
  private int runs = 1;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "of records, items, dimensions, overlap, parallelism; default: all")
  private List<String> only = List.of();

  /** Measures the curves, then exits: 0 done, 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(new Curves().execute(System.out, System.err, args));
  }

  @Override
  protected void check(FlagErrors errors) {
    checkAtLeastOne("--runs", runs, errors);
    checkNames("--only", only, Curve.all().stream().map(Curve::name).toList(), errors);
  }

  @Override
  List<String> measure(Jars jars, Path directory, PrintStream tables, PrintStream messages)
      throws Exception {
    List<String> text = new ArrayList<>();
    for (Curve curve : Curve.all()) {
      if (only.isEmpty() || only.contains(curve.name())) {
        String table = measure(curve, jars, directory, messages).markdown();
        tables.println(table);
        text.add(table);
      }
    }
    return text;
  }

  private Table measure(Curve curve, Jars jars, Path directory, PrintStream messages)
      throws Exception {
    Table table = new Table(curve);
    for (int run = 1; run <= runs; run++) {
      for (Curve.Point point : curve.points()) {
        SimulatedYear year =
            SimulatedYear.inDirectory(jars, point.transactions(), point.products(), directory);
        WindowSums expected = WindowSums.of(year);
        for (Runner runner : Runner.values()) {
          messages.printf(
              Locale.ROOT,
              "%s: %s, %s, run %d of %d%n",
              curve.name(),
              point.label(),
              runner.title,
              run,
              runs);
          List<String> command = command(jars, point, runner);
          command.add("--input=" + year.file());
          table.add(point, runner, measure(command, directory, expected));
        }
      }
    }
    return table;
  }

  private static List<String> command(Jars jars, Curve.Point point, Runner runner) {
    List<String> command = Jars.java("-jar", jars.fortnight().toString());
    command.add("--runner=" + runner.title);
    command.add("--%s=%d".formatted(runner.parallelismFlag, point.parallelism()));
    command.addAll(point.flags());
    return command;
  }

  private Result measure(List<String> command, Path work, WindowSums expected)
      throws IOException, InterruptedException {
    TrialDirectory directory = TrialDirectory.create(work, "curve");
    command.add("--output=" + directory.output());
    Usage usage;
    try (MeasuredProcess process = MeasuredProcess.start(command, directory.log())) {
      usage = process.await(patience);
    }
    long rows = RowChecks.check(directory.output(), expected);
    directory.delete();
    return new Result(usage, rows);
  }

  /** The runners that are measured. */
  private enum Runner {
    DIRECT("DirectRunner", "targetParallelism"),
    FLINK("FlinkRunner", "parallelism");

    private final String title;
    private final String parallelismFlag;

    Runner(String title, String parallelismFlag) {
      this.title = title;
      this.parallelismFlag = parallelismFlag;
    }
  }

  /** The usage of a run, and the number of rows it wrote. */
  private record Result(Usage usage, long rows) {}

  /** The results of a curve. */
  private static final class Table {
    private final Curve curve;
    private final Map<Line, List<Result>> lines = new LinkedHashMap<>();

    private record Line(String point, Runner runner) {}

    Table(Curve curve) {
      this.curve = curve;
    }

    void add(Curve.Point point, Runner runner, Result result) {
      lines.computeIfAbsent(new Line(point.label(), runner), key -> new ArrayList<>()).add(result);
    }

    String markdown() {
      StringBuilder text = new StringBuilder("### " + curve.title() + "\n\n| " + curve.axis());
      text.append(" | runner | rows | seconds | CPU seconds | peak memory, MB |\n");
      text.append("| --- | --- | --- | --- | --- | --- |\n");
      lines.forEach((line, results) -> text.append(markdown(line, results)));
      return text.toString();
    }

    private static String markdown(Line line, List<Result> results) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %,d | %s | %s | %s |%n",
          line.point,
          line.runner.title,
          results.get(0).rows,
          Spread.of(results, result -> result.usage.wallSeconds()).text(),
          Spread.of(results, result -> result.usage.cpuSeconds()).text(),
          Spread.of(results, result -> result.usage.peakMegabytes()).text());
    }
  }
}

package fortnight.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command: {@code java -cp benchmarks/target/benchmarks.jar fortnight.benchmarks.Curves}. */
public final class Curves {
  private final CurveFlags flags;
  private final Jars jars;
  private final Path work;

  private Curves(CurveFlags flags, Jars jars) {
    this.flags = flags;
    this.jars = jars;
    work = flags.work.toAbsolutePath();
  }

  public static void main(String[] args) throws Exception {
    CurveFlags flags = new CurveFlags();
    System.exit(Command.run(flags, args, jars -> new Curves(flags, jars).run()));
  }

  private void run() throws Exception {
    Files.createDirectories(work);
    List<String> text = new ArrayList<>(List.of(Machine.describe() + "\n"));
    for (Curve curve : flags.chosen()) {
      String table = draw(curve).markdown();
      System.out.println(table);
      text.add(table);
    }
    if (flags.output != null) {
      Files.writeString(flags.output, String.join("\n", text));
    }
  }

  private CurveTable draw(Curve curve) throws Exception {
    CurveTable table = new CurveTable(curve);
    for (int run = 1; run <= flags.runs; run++) {
      for (Curve.Point point : curve.points()) {
        SimulatedYear year = SimulatedYear.make(jars, point.transactions(), point.products(), work);
        WindowSums truth = WindowSums.of(year);
        for (CurveTrials.Runner runner : CurveTrials.Runner.values()) {
          System.err.printf(
              Locale.ROOT,
              "%s: %s, %s, run %d of %d%n",
              curve.name(),
              point.label(),
              runner.title(),
              run,
              flags.runs);
          CurveTrials trials = new CurveTrials(jars, work, flags.patience);
          table.add(point, runner, trials.run(point, runner, year, truth));
        }
      }
    }
    return table;
  }
}

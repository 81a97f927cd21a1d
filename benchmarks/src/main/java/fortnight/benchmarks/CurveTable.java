package fortnight.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the runs of a curve took. */
final class CurveTable {
  private final Curve curve;
  private final Map<Line, List<CurveTrials.Result>> lines = new LinkedHashMap<>();

  /** Where a run stands. */
  private record Line(String point, CurveTrials.Runner runner) {}

  CurveTable(Curve curve) {
    this.curve = curve;
  }

  void add(Curve.Point point, CurveTrials.Runner runner, CurveTrials.Result result) {
    lines.computeIfAbsent(new Line(point.label(), runner), key -> new ArrayList<>()).add(result);
  }

  /** As Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder("### " + curve.title() + "\n\n| " + curve.axis());
    text.append(" | runner | rows | seconds | CPU seconds | peak memory, MB |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    lines.forEach((line, results) -> text.append(markdown(line, results)));
    return text.toString();
  }

  private static String markdown(Line line, List<CurveTrials.Result> results) {
    List<Trial> trials = results.stream().map(CurveTrials.Result::trial).toList();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %s | %s | %s |%n",
        line.point,
        line.runner.title(),
        results.get(0).rows(),
        Spread.of(trials, trial -> trial.usage().wallSeconds()).text(),
        Spread.of(trials, trial -> trial.usage().cpuSeconds()).text(),
        Spread.of(trials, trial -> trial.usage().peakMegabytes()).text());
  }
}

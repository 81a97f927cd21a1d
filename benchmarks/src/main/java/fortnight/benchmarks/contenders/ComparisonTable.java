package fortnight.benchmarks.contenders;

import fortnight.benchmarks.contenders.Trials.Trial;
import fortnight.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of contenders that ran over the same transactions. */
public final class ComparisonTable {
  private final String title;
  private final boolean isStream;
  private final Map<Contender, List<Trial>> trials = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param isStream whether the contenders are streams, which have a throughput
   */
  public ComparisonTable(String title, boolean isStream) {
    this.title = title;
    this.isStream = isStream;
  }

  public void add(Contender contender, Trial trial) {
    trials.computeIfAbsent(contender, key -> new ArrayList<>()).add(trial);
  }

  /** Adds a sentence below the table. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /** Formats as Markdown; ratios are relative to the first contender. */
  public String markdown() {
    StringBuilder text = new StringBuilder("### " + title + "\n\n");
    text.append("| contender | runs | seconds | ratio | CPU seconds | peak memory, MB |");
    text.append(isStream ? " records a second after start-up | ratio |\n" : "\n");
    text.append("| --- | --- | --- | --- | --- | --- |").append(isStream ? " --- | --- |\n" : "\n");
    trials.forEach((contender, runs) -> text.append(line(contender, runs)));
    notes.forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  private String line(Contender contender, List<Trial> runs) {
    List<Trial> first = trials.values().iterator().next();
    Spread seconds = Spread.of(runs, Trial::wallSeconds);
    String line =
        "| %s | %d | %s | %s | %s | %s |"
            .formatted(
                contender.title(),
                runs.size(),
                seconds.text(),
                ratio(seconds, Spread.of(first, Trial::wallSeconds)),
                Spread.of(runs, trial -> trial.usage().cpuSeconds()).text(),
                Spread.of(runs, trial -> trial.usage().peakMegabytes()).text());
    if (isStream) {
      Spread throughput = Spread.of(runs, Trial::throughput);
      line +=
          " %s | %s |"
              .formatted(throughput.text(), ratio(throughput, Spread.of(first, Trial::throughput)));
    }
    return line + "\n";
  }

  private static String ratio(Spread one, Spread other) {
    return String.format(Locale.ROOT, "%.2f", one.median() / other.median());
  }
}

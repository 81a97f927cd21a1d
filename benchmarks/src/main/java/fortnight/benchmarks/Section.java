package fortnight.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One table: contenders that ran over the same transactions. */
final class Section {
  private final String title;
  private final boolean isStream;
  private final Map<Contender, List<Trial>> trials = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** About the runs of a kind. */
  Section(String title, boolean isStream) {
    this.title = title;
    this.isStream = isStream;
  }

  void add(Contender contender, Trial trial) {
    trials.computeIfAbsent(contender, key -> new ArrayList<>()).add(trial);
  }

  /** Adds a sentence below the table. */
  void note(String sentence) {
    notes.add(sentence);
  }

  /** As Markdown; ratios are to the first contender. */
  String markdown() {
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
    Spread seconds = Spread.of(runs, trial -> trial.usage().wallSeconds());
    String line =
        "| %s | %d | %s | %s | %s | %s |"
            .formatted(
                contender.title(),
                runs.size(),
                seconds.text(),
                ratio(seconds, Spread.of(first, trial -> trial.usage().wallSeconds())),
                Spread.of(runs, trial -> trial.usage().cpuSeconds()).text(),
                Spread.of(runs, trial -> trial.usage().peakMegabytes()).text());
    if (isStream) {
      Spread speed = Spread.of(runs, Section::speed);
      line += " %s | %s |".formatted(speed.text(), ratio(speed, Spread.of(first, Section::speed)));
    }
    return line + "\n";
  }

  private static double speed(Trial trial) {
    return trial.recordsPerSecond().orElseThrow();
  }

  private static String ratio(Spread one, Spread other) {
    return String.format(Locale.ROOT, "%.2f", one.median() / other.median());
  }
}

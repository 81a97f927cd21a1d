package fortnight.pipelines;

import fortnight.transforms.ComparisonWindows;
import fortnight.transforms.EventTimes;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Gives each flag its meaning; a flag that has none adds to the problems. */
final class FlagReading {
  private static final String A_TIME = "say 2022-12-26, or 2022-12-26T09:30:00";
  private static final String A_LENGTH = "say 7d, 12h, 15m, or ISO-8601 such as P7D";
  private static final String NOW = "now";

  private final RetailOptions options;
  private final Problems problems;

  FlagReading(RetailOptions options, Problems problems) {
    this.options = options;
    this.problems = problems;
  }

  @Nullable List<InputFile> input() {
    return problems.read("input", options.getInput(), Paths::files, "");
  }

  @Nullable String output() {
    return problems.read("output", options.getOutput(), Paths::directory, "");
  }

  /** Unless they are wanted elsewhere, they lie beside the output, if there is one. */
  @Nullable String deadLetters(@Nullable String output) {
    String given = options.getDeadLetters();
    if (given != null) {
      return problems.read("deadLetters", given, Paths::file, "");
    }
    return output == null ? null : Paths.fileIn(output, WriteRows.DEAD_LETTERS + ".jsonl");
  }

  @Nullable Set<Analysis> analyses() {
    EnumSet<Analysis> analyses = EnumSet.noneOf(Analysis.class);
    for (String title : options.getAnalyses().split(",", -1)) {
      Analysis analysis = problems.read("analyses", title.strip(), FlagValues::analysis, "");
      if (analysis != null) {
        analyses.add(analysis);
      }
    }
    return analyses;
  }

  @Nullable ComparisonWindows windows() {
    String everyText = options.getEvery() == null ? options.getPeriod() : options.getEvery();
    Duration period = problems.read("period", options.getPeriod(), Durations::parse, A_LENGTH);
    Duration every =
        options.getEvery() == null
            ? period
            : problems.read("every", everyText, Durations::parse, A_LENGTH);
    DayOfWeek weekStart =
        problems.read("weekStart", options.getWeekStart(), FlagValues::weekday, "");
    if (period == null || every == null || weekStart == null) {
      return null;
    }
    return problems.read(
        "every", everyText, text -> FlagValues.windows(period, every, weekStart), "");
  }

  @Nullable ZoneId timeZone() {
    return problems.read("timeZone", options.getTimeZone(), FlagValues::zone, "");
  }

  /** Of a zone that is none UTC stands in: the times are then only looked at, not used. */
  private static ZoneId orUtc(@Nullable ZoneId zone) {
    return zone == null ? ZoneOffset.UTC : zone;
  }

  @Nullable Instant from(@Nullable ZoneId zone) {
    return options.getFrom() == null
        ? Instant.ofEpochMilli(EventTimes.FIRST)
        : problems.read(
            "from", options.getFrom(), text -> FlagValues.time(text, orUtc(zone)), A_TIME);
  }

  @Nullable Instant until(@Nullable ZoneId zone) {
    return options.getUntil() == null
        ? Instant.ofEpochMilli(EventTimes.END)
        : problems.read(
            "until",
            options.getUntil(),
            text ->
                NOW.equals(text) ? FlagValues.now(orUtc(zone)) : FlagValues.time(text, orUtc(zone)),
            A_TIME + ", or now");
  }

  @Nullable RejectLimit maxRejected() {
    return problems.read(
        "maxRejected", options.getMaxRejected(), RejectLimit::parse, "say 100, or 0.1%");
  }

  void check(@Nullable Instant from, @Nullable Instant until) {
    if (from != null && until != null && !from.isBefore(until)) {
      problems.add("--from must be before --until: no event time lies between");
    }
  }

  /** Two results in one file would lose one of them, and a result in an input would lose that. */
  void checkFiles(RetailFlags flags) {
    if (flags.output() == null || flags.deadLetters() == null || flags.analyses() == null) {
      return;
    }
    String deadLetters = Paths.whole(flags.deadLetters());
    List<String> results =
        flags.resultFiles().values().stream().map(file -> Paths.whole(file.path())).toList();
    if (results.contains(deadLetters)) {
      problems.add("--deadLetters=" + flags.deadLetters() + ": the file of an analysis");
    }
    for (InputFile input : flags.input() == null ? List.<InputFile>of() : flags.input()) {
      String path = Paths.whole(input.path());
      if (path.equals(deadLetters) || results.contains(path)) {
        problems.add("--input: " + path + " would be overwritten by a result");
      }
    }
  }
}

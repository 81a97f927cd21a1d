package fortnight.pipelines.run;

import fortnight.common.Analysis;
import fortnight.common.cli.CountTable;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.options.RetailConfig;
import java.util.Locale;

/** The counters of a run, as a table for the terminal. */
final class RunTable {
  private RunTable() {}

  static String of(RetailConfig config, RunCounts counts, double seconds) {
    CountTable table = new CountTable();
    table.line("records read", counts.read(), "");
    table.line("  accepted", counts.accepted(), "");
    table.line(
        "  rejected", counts.rejected(), counts.rejected() == 0 ? "" : placeOfDeadLetters(config));
    counts.rejectedByReason().forEach((reason, count) -> table.line("    " + reason, count, ""));
    table.line(
        "  duplicates dropped",
        counts.duplicates(),
        config.dropDuplicatesWithin().isPresent() ? "" : "not looked for");
    table.line("  outside --from/--until", counts.outside(), "");
    if (!config.format().conditions().isEmpty()) {
      table.line("  filtered", counts.filtered(), "by where of --format");
    }
    if (counts.lost() > 0) {
      table.line(
          "offsets lost",
          counts.lost(),
          "deleted before they were read; see " + placeOfDeadLetters(config));
    }
    if (!config.input().isBounded()) {
      table.line("partial sums too late", counts.tooLate(), "for windows past --allowedLateness");
    }
    table.emptyLine();
    for (Analysis analysis : config.analyses()) {
      table.line(
          analysis.title(),
          counts.rows(analysis),
          "rows  " + place(config, config.results().location(analysis.title()), "\\.(jsonl|csv)$"));
    }
    table.emptyLine();
    return table
        + String.format(
            Locale.ROOT,
            "%.1f seconds, %,d records a second%n",
            seconds,
            Math.round(counts.read() / seconds));
  }

  private static String placeOfDeadLetters(RetailConfig config) {
    return place(config, config.deadLetters().toString(), "\\.jsonl$");
  }

  /** A file, a topic, or the directory of the files of a stream: the path without the suffix. */
  private static String place(RetailConfig config, String path, String suffix) {
    String shown = Paths.relative(path);
    return config.input().isBounded() ? shown : shown.replaceFirst(suffix, "/");
  }
}

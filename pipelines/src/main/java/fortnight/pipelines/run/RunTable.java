package fortnight.pipelines.run;

import fortnight.common.Analysis;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.options.RetailConfig;
import java.util.Locale;

/** What a run did, as a table for the terminal. */
public final class RunTable {
  private RunTable() {}

  static String of(RetailConfig config, RunCounts counts, double seconds) {
    StringBuilder table = new StringBuilder();
    line(table, "records read", counts.read(), "");
    line(table, "  accepted", counts.accepted(), "");
    line(
        table,
        "  rejected",
        counts.rejected(),
        counts.rejected() == 0 ? "" : place(config, config.deadLetters()));
    counts.rejectedByReason().forEach((reason, count) -> line(table, "    " + reason, count, ""));
    line(
        table,
        "  duplicates dropped",
        counts.duplicates(),
        config.dropDuplicatesWithin().isPresent() ? "" : "not looked for");
    line(table, "  outside --from/--until", counts.outside(), "");
    if (counts.lost() > 0) {
      line(
          table,
          "offsets lost",
          counts.lost(),
          "deleted before they were read; see " + place(config, config.deadLetters()));
    }
    if (!config.input().isBounded()) {
      line(table, "partial sums too late", counts.tooLate(), "for windows past --allowedLateness");
    }
    table.append('\n');
    for (Analysis analysis : config.analyses()) {
      line(
          table,
          analysis.title(),
          counts.rows(analysis),
          "rows  " + place(config, config.results().location(analysis.title())));
    }
    return table
        .append(
            String.format(
                Locale.ROOT,
                "%n%.1f seconds, %,d records a second%n",
                seconds,
                Math.round(counts.read() / seconds)))
        .toString();
  }

  public static void line(StringBuilder table, String name, long count, String remark) {
    table.append(
        String.format(Locale.ROOT, "%-26s %,15d  %s", name, count, remark).stripTrailing());
    table.append('\n');
  }

  /** A file, or a topic, or the directory of a stream's files. */
  private static String place(RetailConfig config, String path) {
    String shown = Paths.relative(path);
    return config.input().isBounded() ? shown : shown.replaceFirst("\\.jsonl$", "/");
  }
}

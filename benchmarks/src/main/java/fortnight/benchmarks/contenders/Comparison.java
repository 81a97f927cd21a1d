package fortnight.benchmarks.contenders;

import fortnight.benchmarks.checks.ResultFigures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Runs contenders in turn, so that a busy minute of the machine affects all of them.
 *
 * @param runs runs of each contender
 * @param hasLimits whether contenders are limited to a number of transactions
 * @param tables for the table
 * @param messages for progress
 */
public record Comparison(int runs, boolean hasLimits, PrintStream tables, PrintStream messages) {
  /**
   * Runs the contenders, prints their table, and returns it.
   *
   * @param table an empty table
   * @param about the approximate number of transactions
   * @param source what the expected results are from
   */
  public String run(
      ComparisonTable table,
      List<Contender> contenders,
      int about,
      Trials trials,
      ResultFigures expected,
      String source)
      throws Exception {
    for (Contender contender : contenders) {
      String obstacle = obstacle(contender, about);
      if (!obstacle.isEmpty()) {
        table.note(
            "%s (`%s`) was not run: %s.".formatted(contender.title(), contender.name(), obstacle));
      }
    }
    List<Contender> able =
        contenders.stream().filter(contender -> obstacle(contender, about).isEmpty()).toList();
    for (int run = 1; run <= runs; run++) {
      for (Contender contender : able) {
        messages.printf(
            Locale.ROOT, "%d transactions: %s, run %d of %d%n", about, contender.name(), run, runs);
        table.add(contender, trials.run(contender));
      }
    }
    if (!able.isEmpty()) {
      table.note(
          String.format(
              Locale.ROOT,
              "All runs gave the same results, those of the %s: %,d rows, checksum %s.",
              source,
              expected.size(),
              expected.checksum()));
    }
    tables.println(table.markdown());
    return table.markdown();
  }

  /** Why a contender is not run; empty if it is. */
  private String obstacle(Contender contender, int about) {
    if (hasLimits && about > contender.limit()) {
      return String.format(
          Locale.ROOT, "it is limited to %,d transactions without --noLimits", contender.limit());
    }
    return contender.missing();
  }
}

package fortnight.benchmarks;

import java.util.List;
import java.util.Locale;

/** Runs contenders in turn, again and again, so that a busy minute of the machine meets all. */
record Comparison(Plan plan, int runs) {
  /** Fills a table. */
  Section run(String title, boolean isStream, List<Contender> all, int about, Trials trials)
      throws Exception {
    Section section = new Section(title, isStream);
    for (Contender contender : all) {
      if (plan.isTooMuch(contender, about)) {
        section.note(
            String.format(
                Locale.ROOT,
                "%s (`%s`) was not run: it is limited to %,d transactions unless --noLimits is"
                    + " given.",
                contender.title(),
                contender.name(),
                contender.limit()));
      }
    }
    for (int run = 1; run <= runs; run++) {
      for (Contender contender : all) {
        if (!plan.isTooMuch(contender, about)) {
          System.err.printf(
              Locale.ROOT, "%s: %s, run %d of %d%n", title, contender.name(), run, runs);
          section.add(contender, trials.run(contender));
        }
      }
    }
    return section;
  }
}

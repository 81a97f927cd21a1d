package fortnight.report;

import fortnight.common.Analysis;
import fortnight.report.page.Page;
import fortnight.report.page.PageData;
import fortnight.report.rows.RunResults;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;

/**
 * A self-contained HTML page with the results of a bounded run; the same bytes for the same rows.
 * Results that are not read appear as not computed. Malformed rows are counted and shown as
 * samples; they do not affect other rows.
 */
public final class Report {
  private final RunResults results = new RunResults(false);

  /** Reads the rows of an analysis, one JSON object per line, in any order. */
  public void read(Analysis analysis, Reader rows) throws IOException {
    results.read(analysis.title(), rows);
  }

  /** Reads dead letters, one JSON object per line. */
  public void readDeadLetters(Reader letters) throws IOException {
    results.read(Analysis.DEAD_LETTERS, letters);
  }

  /** Reads the names of items: {@code item_id} and {@code name}, one JSON object per line. */
  public void readCatalog(Reader entries) throws IOException {
    results.read(RunResults.CATALOG, entries);
  }

  /** Writes the page. */
  public void writeTo(Writer page) throws IOException {
    page.write(Page.of(new PageData(results)));
  }
}

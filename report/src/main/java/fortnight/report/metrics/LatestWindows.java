package fortnight.report.metrics;

import fortnight.report.rows.Series;
import fortnight.report.rows.Table;
import fortnight.report.rows.Table.RowKey;
import fortnight.report.rows.Table.SeriesKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The starts of the latest windows of an analysis: of the latest one that has closed, and of the
 * latest open one after it, whose rows are provisional.
 *
 * @param closed {@link #NONE} if no window has closed
 * @param open {@link #NONE} if there is no open window with rows
 */
record LatestWindows(long closed, long open) {
  static final long NONE = Long.MIN_VALUE;

  static LatestWindows of(Table table) {
    long closed = NONE;
    long open = NONE;
    for (SeriesKey key : table.keys()) {
      Series rows = table.series(key);
      for (int row = rows.size() - 1; row >= 0 && rows.start(row) > closed; row--) {
        if (isProvisional(table, key, rows.start(row))) {
          open = Math.max(open, rows.start(row));
        } else {
          closed = rows.start(row);
        }
      }
    }
    return new LatestWindows(closed, open > closed ? open : NONE);
  }

  /** The starts of the windows that exist, by their names in labels. */
  Map<String, Long> starts() {
    Map<String, Long> starts = new LinkedHashMap<>();
    if (closed != NONE) {
      starts.put("closed", closed);
    }
    if (open != NONE) {
      starts.put("open", open);
    }
    return starts;
  }

  /** Whether a series has a row in one of these windows that is as provisional as the window. */
  boolean hasRow(Table table, SeriesKey key, long start) {
    return table.series(key).has(start) && isProvisional(table, key, start) == (start == open);
  }

  private static boolean isProvisional(Table table, SeriesKey key, long start) {
    return table.isProvisional(new RowKey(table.analysis(), key, start));
  }
}

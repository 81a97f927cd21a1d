package fortnight.report.rows;

import fortnight.common.Analysis;
import fortnight.report.rows.JsonRow.MalformedRowException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one analysis. Change and ratio, which follow from the current and the previous
 * number, are validated but not stored.
 */
public final class Table {
  /** The columns of an analysis of changes. */
  public static final int CURRENT = 0;

  public static final int PREVIOUS = 1;

  /**
   * The key of a row; a later version replaces the row with the same key.
   *
   * @param item empty for a row of the whole shop
   * @param start of the window; of a change, of its current period
   */
  public record RowKey(Analysis analysis, Optional<ItemId> item, long start) {}

  /**
   * The timing of the pane that emitted a row. Of two rows with the same version, the row whose
   * pane has the higher rank is used.
   */
  private enum Pane {
    ON_TIME(0, 1),
    /** The window is still open: the row is provisional. */
    EARLY(1, 0),
    /** The window had closed before: the row is a correction. */
    LATE(2, 2);

    /** The number of the pane on the page, for {@code rows.js}. */
    private final int code;

    private final int rank;

    Pane(int code, int rank) {
      this.code = code;
      this.rank = rank;
    }

    static int rank(long code) {
      return Arrays.stream(values())
          .filter(pane -> pane.code == code)
          .findFirst()
          .orElseThrow()
          .rank;
    }
  }

  private final Analysis analysis;
  private final boolean withPanes;
  private final List<String> numbers;
  private final List<String> instants;
  private final String startField;
  private final String endField;

  /** The number of stored values of a row: its numbers, its times, its pane, its version. */
  private final int stored;

  private final Map<ItemId, Series> byItem = new HashMap<>();
  private final Series ofShop;
  private final LocalTimes times = new LocalTimes();
  private long period;

  /**
   * An empty table.
   *
   * @param withPanes whether the last value of a row on the page is its pane
   */
  Table(Analysis analysis, boolean withPanes) {
    this.analysis = analysis;
    this.withPanes = withPanes;
    this.numbers =
        switch (analysis.rows()) {
          case VOLUMES ->
              analysis.isOfShop()
                  ? List.of("transactions", "line_items", "units")
                  : List.of("line_items", "units");
          case CUSTOMERS -> List.of("customers");
          case CHANGES, OUTLIERS -> List.of("current", "previous");
        };
    this.instants =
        analysis.equals(Analysis.WEEKLY_VOLUME)
            ? List.of("first_transaction", "last_transaction")
            : List.of();
    this.startField = analysis.isChange() ? "current_start" : "window_start";
    this.endField = analysis.isChange() ? "current_end" : "window_end";
    this.stored = numbers.size() + instants.size() + 2;
    this.ofShop = new Series(stored);
  }

  /** The number of values of a row on the page: the first ones of those that are stored. */
  public int width() {
    return withPanes ? stored - 1 : stored - 2;
  }

  public Analysis analysis() {
    return analysis;
  }

  /** The length of all windows, in milliseconds; 0 if there are no rows. */
  public long period() {
    return period;
  }

  /**
   * Adds a row. Panes accumulate: of all rows of a window and key, the one with the largest version
   * includes the others and is kept, in any order of arrival; of equal versions LATE ranks over
   * ON_TIME over EARLY.
   */
  public RowKey add(JsonRow json) throws MalformedRowException {
    long start = json.time(startField, times);
    long length = json.time(endField, times) - start;
    if (length <= 0) {
      throw new MalformedRowException(endField + ": not after " + startField);
    }
    if (period != 0 && length != period) {
      throw new MalformedRowException(
          endField + ": the length of the window differs from that of other rows");
    }
    long[] row = new long[stored];
    int column = 0;
    for (String name : numbers) {
      row[column++] = json.integer(name);
    }
    for (String name : instants) {
      row[column++] = json.time(name, times);
    }
    row[column++] = json.constant("pane", Pane.class).code;
    row[column] = json.count("version");
    if (analysis.isChange()) {
      checkChange(json, start - length);
    }
    Optional<ItemId> item = !analysis.isOfShop() ? Optional.of(json.item()) : Optional.empty();
    Series series =
        item.map(id -> byItem.computeIfAbsent(id, unused -> new Series(stored))).orElse(ofShop);
    if (!series.has(start) || replaces(row, series.row(start))) {
      series.add(start, row);
    }
    period = length;
    return new RowKey(analysis, item, start);
  }

  private boolean replaces(long[] row, long[] before) {
    int version = stored - 1;
    int pane = stored - 2;
    return row[version] == before[version]
        ? Pane.rank(row[pane]) >= Pane.rank(before[pane])
        : row[version] > before[version];
  }

  private void checkChange(JsonRow json, long previousStart) throws MalformedRowException {
    long previous = json.integer("previous");
    long current = json.integer("current");
    if (json.time("previous_start", times) != previousStart) {
      throw new MalformedRowException("previous_start: the two periods differ in length");
    }
    if (json.integer("change") != current - previous) {
      throw new MalformedRowException("change: not current - previous");
    }
    boolean hasRatio = previous > 0;
    if (hasRatio == json.isNull("ratio")
        || (hasRatio && json.ratio("ratio") != (double) current / previous)) {
      throw new MalformedRowException("ratio: not current / previous");
    }
  }

  public Set<ItemId> items() {
    return byItem.keySet();
  }

  public Optional<Series> ofItem(ItemId item) {
    return Optional.ofNullable(byItem.get(item));
  }

  public Series ofShop() {
    return ofShop;
  }

  /** The values of an existing row on the page. */
  public long[] row(RowKey key) {
    long[] row = key.item().map(byItem::get).orElse(ofShop).row(key.start());
    return Arrays.copyOf(row, width());
  }

  /** The number of rows. */
  public int size() {
    return all().stream().mapToInt(Series::size).sum();
  }

  /** The starts of all windows that have a row, in order. */
  public List<Long> starts() {
    Set<Long> starts = new HashSet<>();
    for (Series series : all()) {
      for (int row = 0; row < series.size(); row++) {
        starts.add(series.start(row));
      }
    }
    return starts.stream().sorted().toList();
  }

  private Collection<Series> all() {
    return !analysis.isOfShop() ? byItem.values() : List.of(ofShop);
  }
}

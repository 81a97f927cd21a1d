package fortnight.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one result. What a page can compute exactly is checked here and then forgotten:
 * change and ratio, which follow from the current and the previous number.
 */
final class Table {
  private final Result result;
  private final boolean withPanes;

  /** What is kept of each row: the numbers, the times, the code of its pane, its version. */
  private final int stored;

  private final Map<ItemId, Series> byItem = new HashMap<>();
  private final Series ofShop;
  private final Times times = new Times();
  private long period;

  /** With panes the last value that a page gets of a row is the code of its {@link Pane}. */
  Table(Result result, boolean withPanes) {
    this.result = result;
    this.withPanes = withPanes;
    this.stored = result.numbers().size() + result.times().size() + 2;
    this.ofShop = new Series(stored);
  }

  /** How many values of a row a page gets: the first ones of those that are stored. */
  int width() {
    return withPanes ? stored - 1 : stored - 2;
  }

  Result result() {
    return result;
  }

  /** The length of a window, which all rows share; 0 while there is none. */
  long period() {
    return period;
  }

  /**
   * Adds a row. Rows accumulate, so of all rows of a window and key the one with the largest
   * version contains the others and is kept, in whatever order they arrive; of equal versions LATE
   * ranks over ON_TIME over EARLY.
   */
  RowKey add(Fields fields) throws BrokenRow {
    long start = fields.time(result.start(), times);
    long length = fields.time(result.end(), times) - start;
    if (length <= 0) {
      throw new BrokenRow(result.end() + ": not after " + result.start());
    }
    if (period != 0 && length != period) {
      throw new BrokenRow(result.end() + ": the window has not the length of those before it");
    }
    long[] row = new long[stored];
    int column = 0;
    for (String name : result.numbers()) {
      row[column++] = fields.number(name);
    }
    for (String name : result.times()) {
      row[column++] = fields.time(name, times);
    }
    row[column++] = Pane.of(fields).code();
    row[column] = fields.count("version");
    if (result.isChange()) {
      checkChange(fields, start - length);
    }
    Optional<ItemId> item = result.isOfItems() ? Optional.of(fields.item()) : Optional.empty();
    Series series =
        item.map(of -> byItem.computeIfAbsent(of, unused -> new Series(stored))).orElse(ofShop);
    if (!series.has(start) || replaces(row, series.row(start))) {
      series.add(start, row);
    }
    period = length;
    return new RowKey(result, item, start);
  }

  private boolean replaces(long[] row, long[] before) {
    int version = stored - 1;
    int pane = stored - 2;
    return row[version] == before[version]
        ? Pane.rank(row[pane]) >= Pane.rank(before[pane])
        : row[version] > before[version];
  }

  private void checkChange(Fields fields, long previousStart) throws BrokenRow {
    long previous = fields.number("previous");
    long current = fields.number("current");
    if (fields.time("previous_start", times) != previousStart) {
      throw new BrokenRow("previous_start: the two periods differ in length");
    }
    if (fields.number("change") != current - previous) {
      throw new BrokenRow("change: not current - previous");
    }
    boolean hasRatio = previous > 0;
    if (hasRatio == fields.isNull("ratio")
        || (hasRatio && fields.ratio("ratio") != (double) current / previous)) {
      throw new BrokenRow("ratio: not current / previous");
    }
  }

  Set<ItemId> items() {
    return byItem.keySet();
  }

  Optional<Series> of(ItemId item) {
    return Optional.ofNullable(byItem.get(item));
  }

  /** The values that a page gets of a row that is there. */
  long[] row(RowKey key) {
    long[] row = key.item().map(byItem::get).orElse(ofShop).row(key.start());
    return Arrays.copyOf(row, width());
  }

  Series ofShop() {
    return ofShop;
  }

  int size() {
    return all().stream().mapToInt(Series::size).sum();
  }

  /** The starts of all windows that have a row, in order. */
  List<Long> starts() {
    Set<Long> starts = new HashSet<>();
    for (Series series : all()) {
      for (int row = 0; row < series.size(); row++) {
        starts.add(series.start(row));
      }
    }
    return starts.stream().sorted().toList();
  }

  private Collection<Series> all() {
    return result.isOfItems() ? byItem.values() : List.of(ofShop);
  }
}

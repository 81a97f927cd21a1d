package fortnight.report.rows;

import fortnight.common.Analysis;
import fortnight.report.rows.JsonRow.MalformedRowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rows of one analysis. Change and ratio, which follow from the current and the previous
 * number, are validated but not stored.
 */
public final class Table {
  /** The columns of an analysis of changes. */
  public static final int CURRENT = Schema.CURRENT;

  public static final int PREVIOUS = Schema.PREVIOUS;

  /** The values of a row after its columns: its pane and its version. */
  private static final int MORE = 2;

  /**
   * What the rows of a series have in common beside their analysis.
   *
   * @param value the item, or the value of a dimension; empty for the whole shop
   * @param currency empty if rows have no currency
   */
  public record SeriesKey(Optional<DimensionValue> value, Optional<String> currency)
      implements Comparable<SeriesKey> {
    private static final Comparator<SeriesKey> ORDER =
        Comparator.comparing((SeriesKey key) -> key.value().orElse(DimensionValue.NULL))
            .thenComparing(key -> key.currency().orElse(""), DimensionValue::compareCodePoints);

    /**
     * The key of a row.
     *
     * @param valueField the field of the item or the value; empty for the whole shop
     */
    static SeriesKey of(JsonRow json, Optional<String> valueField) throws MalformedRowException {
      return new SeriesKey(
          valueField.isPresent() ? Optional.of(json.value(valueField.get())) : Optional.empty(),
          json.has("currency") ? Optional.of(json.text("currency")) : Optional.empty());
    }

    /** By value, then by currency, as the rows of result files. */
    @Override
    public int compareTo(SeriesKey other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The key of a row; a later version replaces the row with the same key.
   *
   * @param start of the window; of a change, of its current period
   */
  public record RowKey(Analysis analysis, SeriesKey series, long start) {}

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

    /** The number of the pane on the page, for {@code panes.js}. */
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

  /** The start of the previous period, and the window; without a previous period its start. */
  private record Window(long previousStart, long start, long end) {}

  private final Analysis analysis;
  private final boolean withPanes;
  private final Optional<String> valueField;
  private final String startField;
  private final String endField;
  private final Map<SeriesKey, Series> series = new HashMap<>();
  private final LocalTimes times = new LocalTimes();

  /** Empty until the first row. */
  private Optional<Schema> schema = Optional.empty();

  private Optional<Periods> periods = Optional.empty();

  /** The window of the latest row, which most rows share with the next one. */
  private Window latest = new Window(0, 0, 0);

  /**
   * An empty table.
   *
   * @param withPanes whether the last value of a row on the page is its pane
   */
  Table(Analysis analysis, boolean withPanes) {
    this.analysis = analysis;
    this.withPanes = withPanes;
    this.valueField =
        analysis.isOfShop()
            ? Optional.empty()
            : Optional.of(Analysis.fieldOf(analysis.dimension()));
    this.startField = analysis.isChange() ? "current_start" : "window_start";
    this.endField = analysis.isChange() ? "current_end" : "window_end";
  }

  /** The number of values of a row on the page: its columns, and its pane if it is shown. */
  public int width() {
    return columns().size() + (withPanes ? 1 : 0);
  }

  /** The names of the columns; none without rows. */
  public List<String> columns() {
    return schema.map(Schema::names).orElse(List.of());
  }

  /** The number of decimals of each column. */
  public List<Integer> decimals() {
    return schema.map(Schema::decimals).orElse(List.of());
  }

  public Analysis analysis() {
    return analysis;
  }

  /** The periods of all windows; empty if there are no rows. */
  public Optional<Periods> periods() {
    return periods;
  }

  /**
   * Adds a row. Panes accumulate: of all rows of a window and key, the one with the largest version
   * includes the others and is kept, in any order of arrival; of equal versions LATE ranks over
   * ON_TIME over EARLY.
   */
  public RowKey add(JsonRow json) throws MalformedRowException {
    Window window = window(json);
    Periods common = window.equals(latest) ? periods.orElseThrow() : commonPeriods(window);
    Schema columns = schema.isPresent() ? schema.get() : Schema.of(analysis, json);
    Values row = columns.read(json, times, MORE);
    row.set(columns.size(), json.constant("pane", Pane.class).code);
    row.set(columns.size() + 1, json.count("version"));
    SeriesKey key = SeriesKey.of(json, valueField);
    schema = Optional.of(columns);
    periods = Optional.of(common);
    latest = window;
    long start = window.start();
    Series rows = series.computeIfAbsent(key, unused -> new Series(columns.size() + MORE));
    if (!rows.has(start) || replaces(row, rows, start)) {
      rows.add(start, row);
    }
    return new RowKey(analysis, key, start);
  }

  private static boolean replaces(Values row, Series before, long start) {
    int version = row.size() - 1;
    int pane = row.size() - MORE;
    long versionBefore = before.valueAt(start, version);
    return row.get(version) == versionBefore
        ? Pane.rank(row.get(pane)) >= Pane.rank(before.valueAt(start, pane))
        : row.get(version) > versionBefore;
  }

  private Window window(JsonRow json) throws MalformedRowException {
    long start = json.time(startField, times);
    long end = json.time(endField, times);
    if (end <= start) {
      throw new MalformedRowException(endField + ": not after " + startField);
    }
    long previousStart = analysis.isChange() ? json.time("previous_start", times) : start;
    if (analysis.isChange() && previousStart >= start) {
      throw new MalformedRowException("previous_start: not before current_start");
    }
    return new Window(previousStart, start, end);
  }

  /** The periods of the table with one more row. */
  private Periods commonPeriods(Window window) throws MalformedRowException {
    Periods ofRow = Periods.of(window.previousStart(), window.start(), window.end());
    if (periods.isEmpty()) {
      return ofRow;
    }
    Periods common = periods.get().common(ofRow);
    if (common.isEmpty()) {
      throw new MalformedRowException(
          periods.get().hasLengthOf(ofRow)
              ? "previous_start: the distance of the two periods differs from that of other rows"
              : endField + ": the length of the window differs from that of other rows");
    }
    return common;
  }

  /** The keys of all series, in no order. */
  public Set<SeriesKey> keys() {
    return series.keySet();
  }

  /** An existing series. */
  public Series series(SeriesKey key) {
    return series.get(key);
  }

  /** The values of an existing row on the page, in decimal digits. */
  public List<String> row(RowKey key) {
    Series rows = series.get(key.series());
    int row = rows.indexOf(key.start());
    return IntStream.range(0, width()).mapToObj(column -> rows.text(row, column)).toList();
  }

  /** Whether an existing row is provisional: its window was open when the row was emitted. */
  public boolean isProvisional(RowKey key) {
    return series.get(key.series()).valueAt(key.start(), schema.orElseThrow().size())
        == Pane.EARLY.code;
  }

  /** The ratio of an existing row of changes; NaN if the previous number is not positive. */
  public double ratio(RowKey key) {
    Series rows = series.get(key.series());
    return rows.ratio(rows.indexOf(key.start()), CURRENT, PREVIOUS);
  }

  /** The version of a row; zero if there is no such row. */
  long version(RowKey key) {
    Series rows = series.get(key.series());
    return rows != null && rows.has(key.start())
        ? rows.valueAt(key.start(), schema.orElseThrow().size() + 1)
        : 0;
  }

  /**
   * The keys of the rows that were added to an earlier state of this table, or that differ from it.
   * Empty if rows were removed, or the columns or the periods differ.
   */
  Optional<List<RowKey>> changesSince(Table before) {
    if (!columns().equals(before.columns())
        || !decimals().equals(before.decimals())
        || !periods.equals(before.periods)) {
      return Optional.empty();
    }
    List<RowKey> changes = new ArrayList<>();
    int kept = 0;
    for (Map.Entry<SeriesKey, Series> entry : series.entrySet()) {
      Series rows = entry.getValue();
      Series old = before.series.get(entry.getKey());
      for (int row = 0; row < rows.size(); row++) {
        kept += old != null && old.has(rows.start(row)) ? 1 : 0;
        if (old == null || !old.hasRow(rows, row)) {
          changes.add(new RowKey(analysis, entry.getKey(), rows.start(row)));
        }
      }
    }
    return kept == before.size() ? Optional.of(changes) : Optional.empty();
  }

  /** The number of rows. */
  public int size() {
    return series.values().stream().mapToInt(Series::size).sum();
  }

  /** The starts of all windows that have a row, in order. */
  public List<Long> starts() {
    Set<Long> starts = new HashSet<>();
    for (Series rows : series.values()) {
      for (int row = 0; row < rows.size(); row++) {
        starts.add(rows.start(row));
      }
    }
    return starts.stream().sorted().toList();
  }
}

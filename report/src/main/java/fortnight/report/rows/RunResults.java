package fortnight.report.rows;

import fortnight.common.Analysis;
import fortnight.report.rows.JsonRow.MalformedRowException;
import fortnight.report.rows.Table.RowKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that a page shows: the rows of the analyses that were read, dead letters, names of
 * items, and malformed rows. A malformed row does not affect the others.
 */
public final class RunResults {
  /** The title of the names of items: lines with {@code item_id} and {@code name}. */
  public static final String CATALOG = "catalog";

  private static final int MAX_NAME_LENGTH = 200;

  private final Map<Analysis, Table> tables = new TreeMap<>(Comparator.comparing(Analysis::title));
  private final Map<DimensionValue, String> itemNames = new HashMap<>();
  private final Map<String, MalformedRows> malformed = new TreeMap<>();
  private final boolean withPanes;
  private Optional<RejectedSummary> rejected = Optional.empty();
  private Optional<OutlierRows> outlierRows = Optional.empty();

  /**
   * Without any rows.
   *
   * @param withPanes whether the page gets the panes of rows; of a bounded run all are ON_TIME
   */
  public RunResults(boolean withPanes) {
    this.withPanes = withPanes;
  }

  private interface RowConsumer {
    void accept(JsonRow row) throws MalformedRowException;
  }

  /**
   * Reads one JSON object per line, in any order.
   *
   * @param title of an analysis, {@link Analysis#DEAD_LETTERS}, or {@link #CATALOG}
   */
  public void read(String title, Reader reader) throws IOException {
    RowConsumer consumer = consumer(title);
    BufferedReader lines = new BufferedReader(reader);
    long number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
      try {
        if (!line.isBlank()) {
          consumer.accept(JsonRow.parse(line));
        }
      } catch (MalformedRowException e) {
        addMalformed(title, String.format(Locale.ROOT, "Line %,d", number), e.getMessage(), line);
      }
    }
  }

  private RowConsumer consumer(String title) {
    return switch (title) {
      case CATALOG ->
          entry ->
              itemNames.put(
                  entry.value(Analysis.fieldOf(Analysis.PRODUCT)),
                  entry.text("name", MAX_NAME_LENGTH));
      case Analysis.DEAD_LETTERS -> deadLetters()::add;
      default -> consumer(Analysis.titled(title).orElseThrow());
    };
  }

  /** Outliers are ignored: the page finds them among the changes, with limits of its own. */
  private RowConsumer consumer(Analysis analysis) {
    return analysis.rows() == Analysis.Rows.OUTLIERS ? row -> {} : table(analysis)::add;
  }

  public void addMalformed(String title, String place, String error, String text) {
    malformed.computeIfAbsent(title, MalformedRows::new).add(place, error, text);
  }

  /** Removes all rows; which analyses were read, and the names of items, are kept. */
  public void clearRows() {
    tables.replaceAll((analysis, full) -> new Table(analysis, withPanes));
    malformed.clear();
    rejected = rejected.map(full -> new RejectedSummary());
    outlierRows = outlierRows.map(full -> new OutlierRows());
  }

  /**
   * Removes the results whose titles are not among those that exist; returns whether there were
   * any.
   */
  public boolean retain(Set<String> existing) {
    boolean isRemoved = tables.keySet().removeIf(analysis -> !existing.contains(analysis.title()));
    if (rejected.isPresent() && !existing.contains(Analysis.DEAD_LETTERS)) {
      rejected = Optional.empty();
      isRemoved = true;
    }
    if (!existing.contains(Analysis.OUTLIERS.title())) {
      outlierRows = Optional.empty();
    }
    isRemoved |=
        malformed.keySet().removeIf(title -> !title.equals(CATALOG) && !existing.contains(title));
    return isRemoved;
  }

  /**
   * Replaces results by those of a later read.
   *
   * @param later all rows of each result that it contains
   * @return the keys of the rows that were added or changed; empty if a page needs all rows,
   *     because others were removed
   */
  public Optional<List<RowKey>> replace(RunResults later) {
    boolean isAddition = later.rejected.isEmpty() || rejected.isPresent();
    List<RowKey> changes = new ArrayList<>();
    for (Table table : later.tables.values()) {
      Table before = tables.put(table.analysis(), table);
      Optional<List<RowKey>> changed =
          before == null ? Optional.empty() : table.changesSince(before);
      changed.ifPresent(changes::addAll);
      isAddition &= changed.isPresent();
      malformed.remove(table.analysis().title());
    }
    if (later.rejected.isPresent()) {
      rejected = later.rejected;
      malformed.remove(Analysis.DEAD_LETTERS);
    }
    if (later.outlierRows.isPresent()) {
      outlierRows = later.outlierRows;
      malformed.remove(Analysis.OUTLIERS.title());
    }
    malformed.putAll(later.malformed);
    return isAddition ? Optional.of(changes) : Optional.empty();
  }

  /** Adds a result, perhaps without rows: from now on the page shows it. */
  public void expect(String title) {
    if (title.equals(Analysis.DEAD_LETTERS)) {
      deadLetters();
    } else if (title.equals(Analysis.OUTLIERS.title())) {
      addOutliers();
    } else {
      table(Analysis.titled(title).orElseThrow());
    }
  }

  /** The rows of an analysis; from now on the page shows the analysis, even without rows. */
  public Table table(Analysis analysis) {
    return tables.computeIfAbsent(analysis, added -> new Table(added, withPanes));
  }

  /** The tables of the analyses that were read, by their titles. */
  public Map<Analysis, Table> tables() {
    return tables;
  }

  /** The dead letters; from now on the page has a section of them, even if there are none. */
  public RejectedSummary deadLetters() {
    RejectedSummary letters = rejected.orElseGet(RejectedSummary::new);
    rejected = Optional.of(letters);
    return letters;
  }

  /** The dead letters; empty if they were not read. */
  public Optional<RejectedSummary> rejected() {
    return rejected;
  }

  /** The rows of the analysis of outliers, which the page does not show. */
  public OutlierRows addOutliers() {
    OutlierRows rows = outlierRows.orElseGet(OutlierRows::new);
    outlierRows = Optional.of(rows);
    return rows;
  }

  /** The rows of the analysis of outliers; empty if they were not read. */
  public Optional<OutlierRows> outliers() {
    return outlierRows;
  }

  /** The malformed rows of each file, topic or table that has any. */
  public List<MalformedRows> malformed() {
    return List.copyOf(malformed.values());
  }

  public Optional<String> itemName(DimensionValue item) {
    return Optional.ofNullable(itemNames.get(item));
  }
}

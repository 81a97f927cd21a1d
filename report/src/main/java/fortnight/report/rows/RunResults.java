package fortnight.report.rows;

import fortnight.common.Analysis;
import fortnight.report.rows.JsonRow.MalformedRowException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything that a page shows: the rows of the analyses that were read, dead letters, names of
 * items, and malformed rows. A malformed row does not affect the others.
 */
public final class RunResults {
  private static final int MAX_NAME_LENGTH = 200;

  private final Map<Analysis, Table> tables = new EnumMap<>(Analysis.class);
  private final Map<ItemId, String> itemNames = new HashMap<>();
  private final Map<String, MalformedRows> malformed = new LinkedHashMap<>();
  private final boolean withPanes;
  private Optional<RejectedSummary> rejected = Optional.empty();

  /**
   * Without any rows.
   *
   * @param withPanes whether the page gets the panes of rows; of a bounded run all are ON_TIME
   */
  public RunResults(boolean withPanes) {
    this.withPanes = withPanes;
  }

  /** Reads the rows of an analysis, one JSON object per line, in any order. */
  public void read(Analysis analysis, Reader rows) throws IOException {
    Table table = table(analysis);
    readLines(analysis.title(), rows, table::add);
  }

  /** Reads dead letters, one JSON object per line. */
  public void readDeadLetters(Reader letters) throws IOException {
    RejectedSummary summary = deadLetters();
    readLines(Analysis.DEAD_LETTERS, letters, summary::add);
  }

  /** Reads the names of items: {@code item_id} and {@code name}, one JSON object per line. */
  public void readCatalog(Reader entries) throws IOException {
    readLines(
        "catalog",
        entries,
        entry -> itemNames.put(entry.item(), entry.text("name", MAX_NAME_LENGTH)));
  }

  private interface RowConsumer {
    void accept(JsonRow row) throws MalformedRowException;
  }

  private void readLines(String title, Reader reader, RowConsumer consumer) throws IOException {
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

  public void addMalformed(String title, String place, String error, String text) {
    malformed.computeIfAbsent(title, MalformedRows::new).add(place, error, text);
  }

  /** Removes all rows; which analyses were read, and the names of items, are kept. */
  public void clearRows() {
    tables.replaceAll((analysis, full) -> new Table(analysis, withPanes));
    malformed.clear();
    rejected = rejected.map(full -> new RejectedSummary());
  }

  /** The rows of an analysis; from now on the page shows the analysis, even without rows. */
  public Table table(Analysis analysis) {
    return tables.computeIfAbsent(analysis, added -> new Table(added, withPanes));
  }

  /** The tables of the analyses that were read. */
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

  /** The malformed rows of each file or topic that has any. */
  public List<MalformedRows> malformed() {
    return List.copyOf(malformed.values());
  }

  /** All items that have rows, in order. */
  public SortedSet<ItemId> items() {
    SortedSet<ItemId> items = new TreeSet<>();
    tables.values().forEach(table -> items.addAll(table.items()));
    return items;
  }

  public Optional<String> itemName(ItemId item) {
    return Optional.ofNullable(itemNames.get(item));
  }
}

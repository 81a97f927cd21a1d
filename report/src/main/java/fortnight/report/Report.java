package fortnight.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One page that shows the results of a run, needs nothing but itself, and is the same for the same
 * rows. What was not read is shown as not asked for; a line that is no row is shown as broken, and
 * the rest is shown all the same.
 */
public final class Report {
  static final String DEAD_LETTERS = "dead-letters";

  private final Map<Result, Table> tables = new EnumMap<>(Result.class);
  private final Catalog catalog = new Catalog();
  private final Map<String, Broken> broken = new LinkedHashMap<>();
  private final boolean withPanes;
  private Optional<Rejected> rejected = Optional.empty();

  /** A report without any rows, of a run that ends. */
  public Report() {
    this(false);
  }

  /** With panes a reader can tell what is known so far from what was corrected. */
  Report(boolean withPanes) {
    this.withPanes = withPanes;
  }

  /** Reads the rows of a result, one JSON object a line, in any order. */
  public void read(Result result, Reader rows) throws IOException {
    eachLine(result.title(), rows, table(result)::add);
  }

  /** Reads rejected records. */
  public void readDeadLetters(Reader letters) throws IOException {
    eachLine(DEAD_LETTERS, letters, letters()::add);
  }

  /** Reads what items are called: {@code item_id} and {@code name}, one JSON object a line. */
  public void readCatalog(Reader entries) throws IOException {
    eachLine("catalog", entries, catalog::add);
  }

  /** Writes the page. */
  public void writeTo(Writer page) throws IOException {
    Page.write(page, new PageData(this));
  }

  Map<Result, Table> tables() {
    return tables;
  }

  Catalog catalog() {
    return catalog;
  }

  /** Of each title under which something is broken. */
  List<Broken> broken() {
    return broken.values().stream().filter(some -> some.count() > 0).toList();
  }

  Broken broken(String title) {
    return broken.computeIfAbsent(title, Broken::new);
  }

  /** The rows of a result, which from now on is one that was asked for. */
  Table table(Result result) {
    return tables.computeIfAbsent(result, asked -> new Table(asked, withPanes));
  }

  /** Rejected records, which from now on are a part of the page. */
  Rejected letters() {
    Rejected letters = rejected.orElseGet(Rejected::new);
    rejected = Optional.of(letters);
    return letters;
  }

  Optional<Rejected> rejected() {
    return rejected;
  }

  /** What was asked for is so still, and what items are called is known. */
  void forgetRows() {
    tables.replaceAll((result, full) -> new Table(result, withPanes));
    broken.clear();
    rejected = rejected.map(full -> new Rejected());
  }

  /** All items that have rows, in order. */
  SortedSet<ItemId> items() {
    SortedSet<ItemId> items = new TreeSet<>();
    tables.values().forEach(table -> items.addAll(table.items()));
    return items;
  }

  private interface Receiver {
    void receive(Fields fields) throws BrokenRow;
  }

  private void eachLine(String title, Reader reader, Receiver receiver) throws IOException {
    BufferedReader lines = new BufferedReader(reader);
    long number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
      try {
        if (!line.isBlank()) {
          receiver.receive(Fields.of(line));
        }
      } catch (BrokenRow e) {
        broken(title).add(String.format(Locale.ROOT, "Line %,d", number), e.getMessage(), line);
      }
    }
  }
}

package fortnight.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
  private final Map<Result, Table> tables = new EnumMap<>(Result.class);
  private final Catalog catalog = new Catalog();
  private final List<Broken> broken = new ArrayList<>();
  private Optional<Rejected> rejected = Optional.empty();

  /** Reads the rows of a result, one JSON object a line, in any order. */
  public void read(Result result, Reader rows) throws IOException {
    Table table = tables.computeIfAbsent(result, Table::new);
    eachLine(result.title(), rows, table::add);
  }

  /** Reads rejected records. */
  public void readDeadLetters(Reader letters) throws IOException {
    Rejected reasons = rejected.orElseGet(Rejected::new);
    rejected = Optional.of(reasons);
    eachLine("dead-letters", letters, reasons::add);
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

  List<Broken> broken() {
    return broken;
  }

  Optional<Rejected> rejected() {
    return rejected;
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
    Broken brokenHere = new Broken(title);
    BufferedReader lines = new BufferedReader(reader);
    long number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
      try {
        if (!line.isBlank()) {
          receiver.receive(Fields.of(line));
        }
      } catch (BrokenRow e) {
        brokenHere.add(number, e.getMessage(), line);
      }
    }
    if (brokenHere.count() > 0) {
      broken.add(brokenHere);
    }
  }
}

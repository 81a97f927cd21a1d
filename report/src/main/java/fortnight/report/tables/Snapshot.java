package fortnight.report.tables;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import fortnight.report.rows.RunResults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a read of tables found.
 *
 * @param changed all rows of the tables that changed since the read before
 * @param rowsRead the numbers of rows of these tables, by title
 * @param tables all tables that were read, now or before
 * @param unreadable those whose rows are unknown, or of an earlier read
 */
public record Snapshot(
    RunResults changed,
    Map<String, Long> rowsRead,
    List<TableSize> tables,
    List<Unreadable> unreadable) {
  /**
   * A table.
   *
   * @param title of the result
   * @param name with the schema
   */
  public record TableSize(String title, String name, long rows) {}

  /**
   * A table that cannot be read.
   *
   * @param title of the result
   * @param name with the schema
   * @param problem a sentence
   */
  public record Unreadable(String title, String name, String problem) {}

  static Snapshot empty() {
    return new Snapshot(
        new RunResults(true), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** The titles of the results that have a table. */
  public Set<String> titles() {
    return Stream.concat(
            tables.stream().map(TableSize::title), unreadable.stream().map(Unreadable::title))
        .collect(toSet());
  }

  /** A sentence about the tables that cannot be read; empty if there are none. */
  public Optional<String> problem() {
    String others = unreadable.stream().skip(1).map(Unreadable::name).collect(joining(", "));
    return unreadable.stream()
        .findFirst()
        .map(Unreadable::problem)
        .map(first -> others.isEmpty() ? first : first + "; cannot be read either: " + others);
  }
}

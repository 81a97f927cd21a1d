package fortnight.report.tables;

import static java.util.stream.Collectors.toSet;

import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.TableNames;
import fortnight.report.rows.JsonRow;
import fortnight.report.rows.JsonRow.MalformedRowException;
import fortnight.report.rows.RunResults;
import fortnight.report.tables.ResultTable.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of results in one schema. Each read sees one snapshot of the database, so that it sees
 * all rows of a bounded run or none.
 *
 * <p>A table is read again if its fingerprint differs from the one before. A hash can be the same
 * by chance; therefore all tables are read again after {@link #MAX_AGE}.
 */
public final class ResultTables implements AutoCloseable {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MAX_AGE = Duration.ofMinutes(1);
  private static final int FETCH_SIZE = 5_000;

  private static final String COLUMNS =
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, NULL),
        EXISTS (SELECT FROM pg_index i
          WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY c.relname, a.attnum""";

  /**
   * A table.
   *
   * @param title of the result
   * @param name with the schema
   */
  public record TableSize(String title, String name, long rows) {}

  /**
   * What a read found.
   *
   * @param changed all rows of the tables that changed since the read before
   * @param rowsRead the numbers of rows of these tables, by title
   * @param tables all tables
   */
  public record Snapshot(RunResults changed, Map<String, Long> rowsRead, List<TableSize> tables) {
    /** The titles of the results that have a table. */
    public Set<String> titles() {
      return tables.stream().map(TableSize::title).collect(toSet());
    }
  }

  /** What differs after any change of a table. */
  private record Fingerprint(ResultTable table, long rows, long hash) {}

  private final Database database;

  /** Those of the rows that were read with the current connection. */
  private final Map<String, Fingerprint> fingerprints = new HashMap<>();

  private Connection connection;
  private long readAllAt;

  /** Connects with the first read. */
  public ResultTables(Database database) {
    this.database = database;
  }

  /**
   * Checks that there are results that the user may read.
   *
   * @throws CommandException if there are none
   */
  public void check() {
    database.inTransaction(
        opened -> {
          List<ResultTable> tables = tables(opened);
          if (tables.isEmpty()) {
            throw CommandException.failed(noTables());
          }
          try (Statement statement = opened.createStatement()) {
            for (ResultTable table : tables) {
              statement.execute(table.checkSql());
            }
          }
        });
  }

  /** The sentence for a schema without results. */
  public String noTables() {
    DatabaseAddress address = database.address();
    return "%s: schema %s has no table of a result, such as %s; start the pipeline first, or use its --output"
        .formatted(address, address.schema(), TableNames.nameOf(Analysis.WEEKLY_VOLUME.title()));
  }

  /** Reads the tables that changed since the last read; all after {@link #close}. */
  public Snapshot read() throws SQLException {
    if (connection == null) {
      connection = database.connect(RESPONSE_TIMEOUT);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
    }
    if (System.nanoTime() - readAllAt > MAX_AGE.toNanos()) {
      fingerprints.clear();
    }
    if (fingerprints.isEmpty()) {
      readAllAt = System.nanoTime();
    }
    Snapshot snapshot = new Snapshot(new RunResults(true), new HashMap<>(), new ArrayList<>());
    for (ResultTable table : tables(connection)) {
      Fingerprint fingerprint = fingerprint(table);
      snapshot
          .tables()
          .add(new TableSize(table.title(), table.qualifiedName(), fingerprint.rows()));
      if (!fingerprint.equals(fingerprints.put(table.title(), fingerprint))) {
        snapshot.rowsRead().put(table.title(), fingerprint.rows());
        addRows(table, snapshot.changed());
      }
    }
    connection.commit();
    fingerprints.keySet().retainAll(snapshot.titles());
    return snapshot;
  }

  private List<ResultTable> tables(Connection opened) throws SQLException {
    String schema = database.address().schema();
    Map<String, List<Column>> columns = new LinkedHashMap<>();
    try (PreparedStatement query = opened.prepareStatement(COLUMNS)) {
      query.setString(1, schema);
      try (ResultSet column = query.executeQuery()) {
        while (column.next()) {
          columns
              .computeIfAbsent(column.getString(1), table -> new ArrayList<>())
              .add(new Column(column.getString(2), column.getString(3), column.getBoolean(4)));
        }
      }
    }
    return columns.entrySet().stream()
        .flatMap(table -> ResultTable.of(schema, table.getKey(), table.getValue()).stream())
        .toList();
  }

  private Fingerprint fingerprint(ResultTable table) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(table.fingerprintSql())) {
      row.next();
      return new Fingerprint(table, row.getLong(1), row.getLong(2));
    }
  }

  private void addRows(ResultTable table, RunResults results) throws SQLException {
    results.expect(table.title());
    try (Statement query = connection.createStatement()) {
      query.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = query.executeQuery(table.rowsSql())) {
        while (rows.next()) {
          add(table, rows, results);
        }
      }
    }
  }

  private static void add(ResultTable table, ResultSet values, RunResults results)
      throws SQLException {
    JsonRow row = null;
    try {
      row = table.row(values);
      if (table.isOfDeadLetters()) {
        results.deadLetters().add(row, row.count("letters"));
      } else if (table.title().equals(Analysis.OUTLIERS.title())) {
        results.addOutliers().add(row);
      } else {
        results.table(Analysis.titled(table.title()).orElseThrow()).add(row);
      }
    } catch (MalformedRowException e) {
      results.addMalformed(table.title(), table.name(), e.getMessage(), String.valueOf(row));
    }
  }

  /** Closes the connection; the next read is complete. Called after a failure of a read, too. */
  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    fingerprints.clear();
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // The server has closed it.
      }
    }
  }
}

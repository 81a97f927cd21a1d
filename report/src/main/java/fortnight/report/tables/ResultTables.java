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
import fortnight.report.tables.StoredResult.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
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
  /** For statements that read no rows. */
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  /** After this time, the server cancels a statement that reads rows. */
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  /** The SQLSTATE of a statement that was canceled. */
  private static final String CANCELED = "57014";

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
  private record Fingerprint(StoredResult table, long rows, long hash) {}

  private final Database database;
  private final Duration statementTimeout;

  /** Those of the rows that were read with the current connection. */
  private final Map<String, Fingerprint> fingerprints = new HashMap<>();

  private Connection connection;
  private long readAllAt;

  /** Connects with the first read. */
  public ResultTables(Database database) {
    this(database, STATEMENT_TIMEOUT);
  }

  /**
   * Connects with the first read.
   *
   * @param statementTimeout how long a statement may read a table
   */
  public ResultTables(Database database, Duration statementTimeout) {
    this.database = database;
    this.statementTimeout = statementTimeout;
  }

  /**
   * Checks that there are results that the user may read.
   *
   * @throws CommandException if there are none
   */
  public void check() {
    database.inTransaction(
        opened -> {
          List<StoredResult> tables = tables(opened);
          if (tables.isEmpty()) {
            throw CommandException.failed(noTables());
          }
          try (Statement statement = opened.createStatement()) {
            for (StoredResult table : tables) {
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

  /**
   * Reads the tables that changed since the last read; all after {@link #close}.
   *
   * @throws SQLTimeoutException if a table is too large to be read, with a sentence
   */
  public Snapshot read() throws SQLException {
    if (connection == null) {
      connect();
    }
    if (System.nanoTime() - readAllAt > MAX_AGE.toNanos()) {
      fingerprints.clear();
    }
    if (fingerprints.isEmpty()) {
      readAllAt = System.nanoTime();
    }
    Snapshot snapshot = new Snapshot(new RunResults(true), new HashMap<>(), new ArrayList<>());
    limitResponses(RESPONSE_TIMEOUT);
    List<StoredResult> tables = tables(connection);
    // The server cancels a statement before the driver closes the connection.
    limitResponses(statementTimeout.plus(RESPONSE_TIMEOUT));
    for (StoredResult table : tables) {
      try {
        addChanges(table, snapshot);
      } catch (SQLException e) {
        throw CANCELED.equals(e.getSQLState()) ? tooLarge(table, e) : e;
      }
    }
    connection.commit();
    fingerprints.keySet().retainAll(snapshot.titles());
    return snapshot;
  }

  private void connect() throws SQLException {
    connection = database.connect(RESPONSE_TIMEOUT);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = " + statementTimeout.toMillis());
    }
    connection.commit();
  }

  private void limitResponses(Duration timeout) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
  }

  private SQLTimeoutException tooLarge(StoredResult table, SQLException failure) {
    String reason =
        "%s: reading %s takes longer than %d s; delete rows of old periods"
            .formatted(database.address(), table.qualifiedName(), statementTimeout.toSeconds());
    return new SQLTimeoutException(reason, failure.getSQLState(), failure);
  }

  private void addChanges(StoredResult table, Snapshot snapshot) throws SQLException {
    Fingerprint fingerprint = fingerprint(table);
    snapshot.tables().add(new TableSize(table.title(), table.qualifiedName(), fingerprint.rows()));
    if (!fingerprint.equals(fingerprints.put(table.title(), fingerprint))) {
      snapshot.rowsRead().put(table.title(), fingerprint.rows());
      addRows(table, snapshot.changed());
    }
  }

  private List<StoredResult> tables(Connection opened) throws SQLException {
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
        .flatMap(table -> StoredResult.of(schema, table.getKey(), table.getValue()).stream())
        .toList();
  }

  private Fingerprint fingerprint(StoredResult table) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(table.fingerprintSql())) {
      row.next();
      return new Fingerprint(table, row.getLong(1), row.getLong(2));
    }
  }

  private void addRows(StoredResult table, RunResults results) throws SQLException {
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

  private static void add(StoredResult table, ResultSet values, RunResults results)
      throws SQLException {
    try {
      JsonRow row = table.row(values);
      if (table.isOfDeadLetters()) {
        results.deadLetters().add(row, row.count("letters"));
      } else if (table.title().equals(Analysis.OUTLIERS.title())) {
        results.addOutliers().add(row);
      } else {
        results.table(Analysis.titled(table.title()).orElseThrow()).add(row);
      }
    } catch (MalformedRowException e) {
      results.addMalformed(table.title(), table.name(), e.getMessage(), table.text(values));
    } catch (RuntimeException e) { // NaN, for example, which is not a number of the pipeline.
      String error = "cannot be read: " + e.getClass().getSimpleName();
      results.addMalformed(table.title(), table.name(), error, table.text(values));
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

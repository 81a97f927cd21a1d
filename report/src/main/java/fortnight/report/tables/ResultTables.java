package fortnight.report.tables;

import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.DatabaseErrors;
import fortnight.common.jdbc.TableNames;
import fortnight.report.rows.JsonRow;
import fortnight.report.rows.JsonRow.MalformedRowException;
import fortnight.report.rows.RunResults;
import fortnight.report.tables.Snapshot.TableSize;
import fortnight.report.tables.Snapshot.Unreadable;
import fortnight.report.tables.StoredResult.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tables of results in one schema. Each read sees one snapshot of the database, so that it sees
 * all rows of a bounded run or none; a table that cannot be read does not affect the others.
 *
 * <p>A table is read again if its fingerprint differs from the one before. A hash can be the same
 * by chance; therefore all tables are read again after {@link #MAX_AGE}.
 *
 * <p>All settings end with their transaction: a connection pool such as PgBouncer may use another
 * connection for the next one, and give this one to other programs.
 */
public final class ResultTables implements AutoCloseable {
  /** For statements that read no rows. */
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  /** After this time, the server cancels a statement that reads rows. */
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  /** Shorter than {@link #RESPONSE_TIMEOUT}, so that the server reports the lock. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  /** The SQLSTATE of a statement that was canceled after its timeout. */
  private static final String CANCELED = "57014";

  /** The SQLSTATE of a statement that has waited for a lock. */
  private static final String LOCKED = "55P03";

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

  /** What differs after any change of a table. */
  private record Fingerprint(StoredResult table, long rows, long hash) {}

  private final Database database;
  private final Duration statementTimeout;
  private final Duration maxAge;

  /** Those of the rows that were read last, with the current connection. */
  private final Map<String, Fingerprint> fingerprints = new HashMap<>();

  private Connection connection;
  private long readAllAt;

  /** Connects with the first read. */
  public ResultTables(Database database) {
    this(database, STATEMENT_TIMEOUT, MAX_AGE);
  }

  /**
   * Connects with the first read.
   *
   * @param statementTimeout how long a statement may read a table
   * @param maxAge after which time all tables are read again
   */
  public ResultTables(Database database, Duration statementTimeout, Duration maxAge) {
    this.database = database;
    this.statementTimeout = statementTimeout;
    this.maxAge = maxAge;
  }

  /**
   * Checks that there are results that the user may read.
   *
   * @throws CommandException if there are none
   */
  public void check() {
    database.inTransaction(
        opened -> {
          begin(opened);
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

  /** Reads the tables that changed since the last read; all after {@link #close}. */
  public Snapshot read() throws SQLException {
    if (connection == null) {
      connection = database.connect(RESPONSE_TIMEOUT);
    }
    long start = System.nanoTime();
    boolean readsAll = fingerprints.isEmpty() || start - readAllAt >= maxAge.toNanos();
    readAllAt = readsAll ? start : readAllAt;
    Snapshot snapshot = Snapshot.empty();
    limitResponses(RESPONSE_TIMEOUT);
    begin(connection);
    List<StoredResult> tables = tables(connection);
    // The server cancels a statement before the driver closes the connection.
    limitResponses(statementTimeout.plus(RESPONSE_TIMEOUT));
    for (StoredResult table : tables) {
      add(table, readsAll, snapshot);
    }
    connection.commit();
    fingerprints.keySet().retainAll(snapshot.titles());
    return snapshot;
  }

  /** Begins a transaction: its isolation level is set before its first query. */
  private void begin(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      statement.execute("SET LOCAL statement_timeout = " + statementTimeout.toMillis());
      statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT.toMillis());
    }
  }

  private void limitResponses(Duration timeout) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
  }

  private void add(StoredResult table, boolean readsAll, Snapshot snapshot) throws SQLException {
    Savepoint start = connection.setSavepoint();
    try {
      Fingerprint fingerprint = fingerprint(table);
      if (readsAll || !fingerprint.equals(fingerprints.get(table.title()))) {
        // The rows before a failure must not replace those of an earlier read.
        RunResults rows = new RunResults(true);
        addRows(table, rows);
        snapshot.changed().replace(rows);
        snapshot.rowsRead().put(table.title(), fingerprint.rows());
        fingerprints.put(table.title(), fingerprint);
      }
      connection.releaseSavepoint(start);
    } catch (SQLException e) {
      String state = Objects.toString(e.getSQLState(), "");
      if (DatabaseErrors.isOutage(e) && !state.equals(CANCELED) && !state.equals(LOCKED)) {
        throw e;
      }
      connection.rollback(start);
      String problem = problem(table, state, e);
      snapshot.unreadable().add(new Unreadable(table.title(), table.qualifiedName(), problem));
    }
    Fingerprint read = fingerprints.get(table.title());
    if (read != null) {
      snapshot.tables().add(new TableSize(table.title(), table.qualifiedName(), read.rows()));
    }
  }

  private String problem(StoredResult table, String state, SQLException failure) {
    String name = table.qualifiedName();
    return switch (state) {
      case CANCELED ->
          "reading %s takes longer than %d s; delete rows of old periods"
              .formatted(name, statementTimeout.toSeconds());
      case LOCKED -> "another session has locked %s; the next read tries again".formatted(name);
      default -> "%s cannot be read: %s".formatted(name, DatabaseErrors.reason(database, failure));
    };
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
          addRow(table, rows, results);
        }
      }
    }
  }

  private static void addRow(StoredResult table, ResultSet values, RunResults results)
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

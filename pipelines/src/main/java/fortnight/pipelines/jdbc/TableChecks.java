package fortnight.pipelines.jdbc;

import static java.util.stream.Collectors.toSet;

import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import fortnight.pipelines.jdbc.ResultTable.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks a database before a run, in some seconds: whether it can be written, and whether the
 * tables have the columns and the key of the rows. Creates tables that do not exist.
 */
final class TableChecks {
  private static final String SERVER =
      "SELECT current_setting('server_encoding'), current_setting('transaction_read_only')";

  private static final String SCHEMA =
      "SELECT has_schema_privilege(oid, 'USAGE'), has_schema_privilege(oid, 'CREATE')"
          + " FROM pg_namespace WHERE nspname = ?";

  private static final String TABLE = "SELECT relkind FROM pg_class WHERE oid = to_regclass(?)";

  private static final String COLUMNS =
      """
      SELECT a.attname, format_type(a.atttypid, a.atttypmod),
        a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND a.attgenerated = '',
        EXISTS (SELECT FROM pg_index i
          WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
      FROM pg_attribute a
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped""";

  private static final String OTHER_SCHEMA =
      "; drop or rename it, or write to another schema, with ?schema=NAME";

  private final Connection connection;
  private final TableOutput output;

  private TableChecks(Connection connection, TableOutput output) {
    this.connection = connection;
    this.output = output;
  }

  /**
   * Checks and creates the tables of an output.
   *
   * @throws CommandException if it cannot be written
   */
  static void check(TableOutput output) {
    output.database().inTransaction(connection -> new TableChecks(connection, output).check());
  }

  private void check() throws SQLException {
    checkServer();
    boolean mayCreate = checkSchema();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '5s'");
      // Two runs that create the same tables at the same time would fail.
      statement.execute("SELECT pg_advisory_xact_lock(hashtext('fortnight'))");
      for (ResultTable table : output.tables().values()) {
        if (!exists(table)) {
          check(mayCreate, "the user may not create tables in schema " + table.schema(), "CREATE");
          create(statement, table);
        }
        checkColumns(table);
        checkPrivileges(table);
      }
    }
    check(
        mayCreate || output.replacement() == null,
        "the user may not create the staging tables of a bounded run in the schema",
        "CREATE");
  }

  private void checkServer() throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(SERVER)) {
      row.next();
      check(
          row.getString(1).equals("UTF8"),
          "the encoding of the database is not UTF8; use one that has it");
      check(
          row.getString(2).equals("off"),
          "the server is read-only; use the address of the primary");
    }
  }

  /** Returns whether the user may create tables. */
  private boolean checkSchema() throws SQLException {
    String schema = output.database().address().schema();
    try (PreparedStatement query = connection.prepareStatement(SCHEMA)) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        check(
            row.next(),
            "there is no schema " + schema + "; create it, or correct ?schema=" + schema);
        check(row.getBoolean(1), "the user may not use schema " + schema, "USAGE");
        return row.getBoolean(2);
      }
    }
  }

  private boolean exists(ResultTable table) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(TABLE)) {
      query.setString(1, table.sql());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        String kind = row.getString(1);
        check(
            kind.equals("r") || kind.equals("p"),
            table.qualifiedName() + " is not a table" + OTHER_SCHEMA);
        return true;
      }
    }
  }

  private static void create(Statement statement, ResultTable table) throws SQLException {
    TableSql sql = new TableSql(table);
    statement.execute(sql.create(table.sql()));
    String description =
        table.title().equals(Analysis.DEAD_LETTERS)
            ? "Rejected records of Fortnight"
            : "Fortnight's analysis " + table.title();
    for (String comment : sql.comments(description)) {
      statement.execute(comment);
    }
  }

  private void checkColumns(ResultTable table) throws SQLException {
    Map<String, String> types = new HashMap<>();
    Set<String> required = new HashSet<>();
    Set<String> keys = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, table.sql());
      try (ResultSet column = query.executeQuery()) {
        while (column.next()) {
          types.put(column.getString(1), column.getString(2));
          if (column.getBoolean(3)) {
            required.add(column.getString(1));
          }
          if (column.getBoolean(4)) {
            keys.add(column.getString(1));
          }
        }
      }
    }
    String name = "table " + table.qualifiedName();
    for (Column column : table.columns()) {
      String type = types.get(column.name());
      check(type != null, name + " has no column " + column.name() + OTHER_SCHEMA);
      check(
          column.sqlType().equals(type),
          "%s: column %s is %s, not %s".formatted(name, column.name(), type, column.sqlType())
              + OTHER_SCHEMA);
      required.remove(column.name());
    }
    check(
        required.isEmpty(),
        name
            + " has a column that rows of this run do not have: "
            + String.join(", ", required)
            + OTHER_SCHEMA);
    Set<String> expected = table.keys().stream().map(Column::name).collect(toSet());
    check(keys.equals(expected), name + " has another primary key" + OTHER_SCHEMA);
  }

  private void checkPrivileges(ResultTable table) throws SQLException {
    boolean deletes = output.replacement() != null && table.hasVersions();
    String sql =
        "SELECT p FROM unnest(string_to_array(?, ' ')) AS p WHERE NOT has_table_privilege(?, p)";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, "SELECT INSERT UPDATE" + (deletes ? " DELETE" : ""));
      query.setString(2, table.sql());
      try (ResultSet missing = query.executeQuery()) {
        if (missing.next()) {
          String privilege = missing.getString(1);
          check(
              false,
              "the user lacks the right to %s in table %s"
                  .formatted(privilege, table.qualifiedName()),
              privilege);
        }
      }
    }
  }

  private void check(boolean condition, String problem, String privilege) {
    check(condition, problem + "; grant it " + privilege);
  }

  private void check(boolean condition, String problem) {
    if (!condition) {
      throw CommandException.failed(output.database().address() + ": " + problem);
    }
  }
}

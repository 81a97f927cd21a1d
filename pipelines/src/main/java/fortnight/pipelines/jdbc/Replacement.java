package fortnight.pipelines.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CommandException;
import fortnight.common.time.EventTimeRange;
import fortnight.pipelines.rows.JsonObject;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * How a bounded run replaces rows: it writes its rows to staging tables, and at its end replaces
 * those of its range in one database transaction.
 *
 * <p>A comment on the staging tables says whether the run has done so, because the runner may
 * repeat the last step.
 *
 * @param runId distinguishes the staging tables of this run from those of others
 * @param from the first event time of the range; null if it has no limit
 * @param until the first event time after the range; null if it has no limit
 */
record Replacement(String runId, @Nullable String from, @Nullable String until)
    implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String PREFIX = "fortnight_staging_";
  private static final String COMMITTED = "committed";

  /** The staging tables of runs that were killed; a bounded run takes less than a day. */
  private static final String LEFTOVERS =
      """
      SELECT c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind = 'r' AND starts_with(c.relname, '%s')
        AND pg_has_role(c.relowner, 'USAGE')
        AND CAST(substring(obj_description(c.oid, 'pg_class') FROM 'since (.*)$') AS timestamptz)
          < now() - interval '1 day'"""
          .formatted(PREFIX);

  static Replacement of(String runId, Instant from, Instant until) {
    return new Replacement(
        runId,
        from.getMillis() > EventTimeRange.FIRST ? JsonObject.time(from) : null,
        until.getMillis() < EventTimeRange.END ? JsonObject.time(until) : null);
  }

  /** The staging table of a table, in SQL. */
  String staging(ResultTable table) {
    return table.sql(stagingName(table));
  }

  private String stagingName(ResultTable table) {
    UUID id = UUID.nameUUIDFromBytes((runId + "/" + table.title()).getBytes(UTF_8));
    return PREFIX + id.toString().replace("-", "");
  }

  /** Drops the staging tables of runs that were killed. */
  static void dropLeftovers(Connection connection, ResultTable any) throws SQLException {
    List<String> sql = new ArrayList<>(List.of("SET LOCAL lock_timeout = '1s'"));
    for (String leftover : leftovers(connection, any.schema())) {
      sql.add("DROP TABLE IF EXISTS " + any.sql(leftover));
    }
    execute(connection, sql);
  }

  void createStaging(Connection connection, Collection<ResultTable> tables) throws SQLException {
    List<String> sql = new ArrayList<>();
    String state = "Rows of a run of Fortnight, since " + now(connection);
    for (ResultTable table : tables) {
      sql.add(new TableSql(table).create(staging(table)));
      sql.add(comment(table, state));
    }
    execute(connection, sql);
  }

  void dropStaging(Connection connection, Collection<ResultTable> tables) throws SQLException {
    List<String> sql = new ArrayList<>(List.of("SET LOCAL lock_timeout = '3s'"));
    tables.forEach(table -> sql.add("DROP TABLE IF EXISTS " + staging(table)));
    execute(connection, sql);
  }

  /**
   * Replaces the rows of the range by those in the staging tables. Does nothing if this was done
   * before.
   *
   * @param deletes whether the rows of the range are deleted first
   * @throws CommandException if the staging tables were dropped
   */
  void commit(Connection connection, Collection<ResultTable> tables, boolean deletes)
      throws SQLException {
    // A job that is cancelled ends only after this time; the transaction is then retried.
    execute(connection, List.of("SET LOCAL lock_timeout = '60s'"));
    // First, because another worker may be doing the same.
    execute(connection, tables.stream().map(table -> new TableSql(table).lock()).toList());
    if (isCommitted(connection, tables.iterator().next())) {
      return;
    }
    for (ResultTable table : tables) {
      if (deletes && table.hasVersions()) {
        deleteRange(connection, table);
      }
      execute(connection, List.of(new TableSql(table).upsertFrom(staging(table))));
    }
    String state = COMMITTED + ", since " + now(connection);
    List<String> sql = new ArrayList<>();
    for (ResultTable table : tables) {
      sql.add("TRUNCATE " + staging(table));
      sql.add(comment(table, state));
    }
    execute(connection, sql);
  }

  /**
   * Rows whose windows are partly outside the range remain, because they sum other records, too.
   */
  private void deleteRange(Connection connection, ResultTable table) throws SQLException {
    String sql = new TableSql(table).delete(from != null, until != null);
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      int parameter = 1;
      if (from != null) {
        delete.setString(parameter, from);
        parameter++;
      }
      if (until != null) {
        delete.setString(parameter, until);
      }
      delete.executeUpdate();
    }
  }

  private boolean isCommitted(Connection connection, ResultTable table) throws SQLException {
    String sql = "SELECT to_regclass(?), obj_description(to_regclass(?), 'pg_class')";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, staging(table));
      query.setString(2, staging(table));
      try (ResultSet state = query.executeQuery()) {
        state.next();
        if (state.getString(1) == null) {
          throw CommandException.failed(
              "the staging table %s of this run was dropped; run it again"
                  .formatted(stagingName(table)));
        }
        String comment = state.getString(2);
        return comment != null && comment.startsWith(COMMITTED);
      }
    }
  }

  private String comment(ResultTable table, String text) {
    return "COMMENT ON TABLE " + staging(table) + " IS " + TableSql.literal(text);
  }

  private static List<String> leftovers(Connection connection, String schema) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LEFTOVERS)) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  /** The clock of the server. */
  private static String now(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT CAST(now() AS text)")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}

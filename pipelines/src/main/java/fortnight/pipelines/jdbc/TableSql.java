package fortnight.pipelines.jdbc;

import static java.util.stream.Collectors.joining;

import fortnight.pipelines.jdbc.ResultTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The SQL statements of a table. Names are quoted; values are always parameters. */
record TableSql(ResultTable table) {
  private static final String VERSION = "\"version\"";

  /** Orders the panes of rows of the same version. */
  private static final String RANK =
      "CASE %s.\"pane\" WHEN 'EARLY' THEN 0 WHEN 'ON_TIME' THEN 1 ELSE 2 END";

  /**
   * Creates a table with the columns and the key.
   *
   * @param name in SQL
   */
  String create(String name) {
    List<String> parts = new ArrayList<>();
    for (Column column : table.columns()) {
      parts.add(
          "%s %s%s%s"
              .formatted(
                  column.sql(),
                  column.sqlType(),
                  // Its order is the same on every server, and needs no locale.
                  column.hasKeyText() ? " COLLATE \"C\"" : "",
                  column.isRequired() ? " NOT NULL" : ""));
    }
    parts.add("PRIMARY KEY (" + names(table.keys()) + ")");
    return "CREATE TABLE " + name + " (\n  " + String.join(",\n  ", parts) + "\n)";
  }

  /** Describes the table and its columns. */
  List<String> comments(String description) {
    List<String> statements = new ArrayList<>();
    statements.add("COMMENT ON TABLE " + table.sql() + " IS " + literal(description));
    for (Column column : table.columns()) {
      statements.add(
          "COMMENT ON COLUMN %s.%s IS %s"
              .formatted(table.sql(), column.sql(), literal(column.description())));
    }
    return statements;
  }

  /**
   * Inserts rows that are parameters: an array of texts for each column.
   *
   * @param target in SQL
   */
  String upsertParameters(String target) {
    String source =
        "(SELECT %s FROM unnest(%s) AS p (%s)) AS r"
            .formatted(
                join(
                    column ->
                        "CAST(%1$s AS %2$s) AS %1$s".formatted(column.sql(), column.sqlType())),
                join(column -> "CAST(? AS text[])"),
                join(Column::sql));
    return upsert(target, source);
  }

  /** Inserts the rows of another table. */
  String upsertFrom(String other) {
    return upsert(table.sql(), other + " AS r");
  }

  /**
   * Inserts rows; of a key, the row with the largest version remains, regardless of the order. Keys
   * are locked in their order, so that deadlocks between writers of the same keys are rare.
   */
  private String upsert(String target, String source) {
    String keys = names(table.keys());
    String latestFirst =
        table.hasVersions() ? ", r.%s DESC, %s DESC".formatted(VERSION, rank("r")) : "";
    String isLater =
        table.hasVersions()
            ? "\nWHERE (excluded.%1$s, %2$s) >= (t.%1$s, %3$s)"
                .formatted(VERSION, rank("excluded"), rank("t"))
            : "";
    String values =
        table.columns().stream()
            .filter(column -> !column.isKey())
            .map(column -> "%1$s = excluded.%1$s".formatted(column.sql()))
            .collect(joining(", "));
    return """
        INSERT INTO %s AS t (%s)
        SELECT DISTINCT ON (%s) %2$s
        FROM %s
        ORDER BY %3$s%s
        ON CONFLICT (%3$s) DO UPDATE SET %s%s"""
        .formatted(target, names(table.columns()), keys, source, latestFirst, values, isLater);
  }

  /** Deletes all rows whose windows are in a range of event times; each limit is a parameter. */
  String delete(boolean hasFrom, boolean hasUntil) {
    List<String> conditions = new ArrayList<>();
    if (hasFrom) {
      conditions.add(table.start().sql() + " >= CAST(? AS timestamp)");
    }
    if (hasUntil) {
      conditions.add(table.end().sql() + " <= CAST(? AS timestamp)");
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return "DELETE FROM " + table.sql() + where;
  }

  /** Excludes other writers, but not readers, until the end of the transaction. */
  String lock() {
    return "LOCK TABLE " + table.sql() + " IN SHARE ROW EXCLUSIVE MODE";
  }

  private static String rank(String alias) {
    return RANK.formatted(alias);
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::sql).collect(joining(", "));
  }

  private String join(Function<Column, String> part) {
    return table.columns().stream().map(part).collect(joining(", "));
  }

  /** A string in SQL. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

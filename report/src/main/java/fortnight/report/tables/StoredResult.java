package fortnight.report.tables;

import static java.util.stream.Collectors.joining;

import fortnight.common.Analysis;
import fortnight.common.jdbc.TableNames;
import fortnight.report.rows.JsonRow;
import fortnight.report.rows.JsonRow.MalformedRowException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The table of a result, and how its rows are read.
 *
 * @param title of the result
 */
record StoredResult(String title, String schema, String name, List<Column> columns) {
  /** A dead letter can have some MB; the page shows the beginning of three of each reason. */
  private static final String DEAD_LETTERS =
      """
      SELECT reason, left(message, 500) AS message, left(source, 500) AS source,
        left(coalesce(payload_base64, payload, ''), 500) AS payload,
        CASE place WHEN 1 THEN greatest(letters - 2, 1) ELSE 1 END AS letters
      FROM (SELECT *, count(*) OVER (PARTITION BY reason) AS letters,
          row_number() OVER (PARTITION BY reason ORDER BY %s) AS place
        FROM %s) AS letter
      WHERE place <= 3""";

  private static final List<Column> DEAD_LETTER_COLUMNS =
      List.of(
          new Column("reason", "text", false),
          new Column("message", "text", false),
          new Column("source", "text", false),
          new Column("payload", "text", false),
          new Column("letters", "bigint", false));

  /** The columns of a table that the query of dead letters uses. */
  private static final List<String> DEAD_LETTER_TEXTS =
      List.of("reason", "message", "source", TableNames.SOURCE_KEY, "payload", "payload_base64");

  private static final Pattern NUMBER = Pattern.compile("bigint|integer|numeric|double precision");
  private static final Pattern VALUE_KEY = Pattern.compile(TableNames.VALUE_KEY + "_*");

  /**
   * A column.
   *
   * @param type as PostgreSQL displays it, without precision
   * @param isKey whether it is a part of the primary key
   */
  record Column(String name, String type, boolean isKey) {}

  /** A table with these columns; empty if it is not that of a result. */
  static Optional<StoredResult> of(String schema, String name, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    List<String> texts =
        columns.stream().filter(column -> column.type().equals("text")).map(Column::name).toList();
    return TableNames.titleOf(name)
        .filter(
            title ->
                title.equals(Analysis.DEAD_LETTERS)
                    ? texts.containsAll(DEAD_LETTER_TEXTS)
                    : names.containsAll(List.of("pane", "version")))
        .map(title -> new StoredResult(title, schema, name, List.copyOf(columns)));
  }

  boolean isOfDeadLetters() {
    return title.equals(Analysis.DEAD_LETTERS);
  }

  /** The name with the schema. */
  String qualifiedName() {
    return schema + "." + name;
  }

  private String sql() {
    return TableNames.quoted(schema) + "." + TableNames.quoted(name);
  }

  /** Fails if the user may not read the table. */
  String checkSql() {
    return "SELECT FROM " + sql() + " LIMIT 0";
  }

  /**
   * The number of rows, and a hash of their versions: each change of a row gives it another
   * transaction or another place.
   */
  String fingerprintSql() {
    return "SELECT count(*), coalesce(sum(hashtext(concat_ws(' ', tableoid, xmin, ctid))), 0) FROM "
        + sql();
  }

  String rowsSql() {
    return isOfDeadLetters()
        ? DEAD_LETTERS.formatted(TableNames.SOURCE_KEY, sql())
        : columns.stream()
            .map(column -> "CAST(%s AS text)".formatted(TableNames.quoted(column.name())))
            .collect(joining(", ", "SELECT ", " FROM " + sql()));
  }

  /** The current row of the result of {@link #rowsSql}. */
  JsonRow row(ResultSet values) throws SQLException, MalformedRowException {
    JsonRow.Builder row = new JsonRow.Builder();
    String key = null;
    String dimension = dimensionOf(title);
    List<Column> read = columnsRead();
    for (int at = 0; at < read.size(); at++) {
      Column column = read.get(at);
      String value = values.getString(at + 1);
      if (column.isKey() && VALUE_KEY.matcher(column.name()).matches()) {
        key = value;
      } else if (NUMBER.matcher(column.type()).matches()) {
        row.number(column.name(), value);
      } else {
        row.text(column.name(), column.type().startsWith("timestamp") ? time(value) : value);
      }
      if (column.name().equals("analysis")) { // A row of outliers.
        dimension = dimensionOf(value);
      }
    }
    // Unlike the column of the value, the key distinguishes integers and strings.
    if (key != null && !key.startsWith(TableNames.KEY_HASH)) {
      row.json(Analysis.fieldOf(dimension), key);
    }
    return row.build();
  }

  private List<Column> columnsRead() {
    return isOfDeadLetters() ? DEAD_LETTER_COLUMNS : columns;
  }

  /** The names and the texts of the columns of a row that cannot be parsed. */
  String text(ResultSet values) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Column column : columnsRead()) {
      texts.add(column.name() + "=" + values.getString(texts.size() + 1));
    }
    return String.join(", ", texts);
  }

  private static String dimensionOf(String title) {
    return Analysis.titled(title).map(Analysis::dimension).orElse(Analysis.SHOP);
  }

  /** A time in ISO 8601, in which years after 9999 have a sign. */
  private static String time(String value) {
    return value == null ? null : (value.indexOf('-') > 4 ? "+" : "") + value.replace(' ', 'T');
  }
}

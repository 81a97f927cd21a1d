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
 * @param columns those of the table
 * @param fields what is read, in the order of {@link #rowsSql}
 * @param dimension what the rows are grouped by, unless they are outliers
 */
record StoredResult(
    String title,
    String schema,
    String name,
    List<Column> columns,
    List<Field> fields,
    String dimension) {
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

  private static final List<Field> DEAD_LETTER_FIELDS =
      List.of(
          new Field("reason", Kind.TEXT),
          new Field("message", Kind.TEXT),
          new Field("source", Kind.TEXT),
          new Field("payload", Kind.TEXT),
          new Field("letters", Kind.NUMBER));

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
  record Column(String name, String type, boolean isKey) {
    private Field field() {
      return new Field(name, kind());
    }

    private Kind kind() {
      if (isKey && VALUE_KEY.matcher(name).matches()) {
        return Kind.VALUE_KEY;
      }
      if (NUMBER.matcher(type).matches()) {
        return Kind.NUMBER;
      }
      return type.startsWith("timestamp") ? Kind.TIME : Kind.TEXT;
    }
  }

  /** How the text of a field is read. */
  private enum Kind {
    TEXT,
    NUMBER,
    TIME,
    VALUE_KEY
  }

  /** A field of a row. */
  private record Field(String name, Kind kind) {}

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
        .map(
            title ->
                new StoredResult(
                    title,
                    schema,
                    name,
                    List.copyOf(columns),
                    title.equals(Analysis.DEAD_LETTERS)
                        ? DEAD_LETTER_FIELDS
                        : columns.stream().map(Column::field).toList(),
                    dimensionOf(title)));
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
    String dimensionOfRow = dimension;
    for (int at = 0; at < fields.size(); at++) {
      Field field = fields.get(at);
      String value = values.getString(at + 1);
      switch (field.kind()) {
        case VALUE_KEY -> key = value;
        case NUMBER -> row.number(field.name(), value);
        case TIME -> row.text(field.name(), time(value));
        case TEXT -> row.text(field.name(), value);
      }
      if (field.name().equals("analysis")) { // A row of outliers.
        dimensionOfRow = dimensionOf(value);
      }
    }
    // Unlike the column of the value, the key distinguishes integers and strings.
    if (key != null && !key.startsWith(TableNames.KEY_HASH)) {
      row.json(Analysis.fieldOf(dimensionOfRow), key);
    }
    return row.build();
  }

  /** The names and the texts of the columns of a row that cannot be parsed. */
  String text(ResultSet values) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Field field : fields) {
      texts.add(field.name() + "=" + values.getString(texts.size() + 1));
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

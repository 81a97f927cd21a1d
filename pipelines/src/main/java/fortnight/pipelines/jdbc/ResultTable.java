package fortnight.pipelines.jdbc;

import fortnight.common.Analysis;
import fortnight.common.jdbc.TableNames;
import fortnight.pipelines.rows.RowSchema;
import fortnight.pipelines.rows.RowSchema.Presence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of a result.
 *
 * <p>The value of a dimension cannot be a part of the primary key: it can be null, 7 and "7" are
 * different values, PostgreSQL does not store NUL, and an entry of an index has 2,700 bytes at
 * most. Therefore the key contains another column, whose text is a {@link RowKey}.
 *
 * @param title of the result
 * @param columns in the order of the fields in JSON
 */
record ResultTable(String title, String schema, List<Column> columns) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Column SOURCE_KEY =
      keyText(TableNames.SOURCE_KEY, Origin.SOURCE_KEY, "The source, or its hash if it is long");

  /** Where the value of a column is from. */
  enum Origin {
    /** The field of the same name. */
    FIELD,
    /** The value of a dimension, if the row is of this one. */
    VALUE,
    /** The value of the row's dimension as a {@link RowKey}. */
    VALUE_KEY,
    /** The source of a dead letter as a {@link RowKey}. */
    SOURCE_KEY
  }

  /**
   * A column.
   *
   * @param isRequired whether it is not null
   * @param isKey whether it is a part of the primary key
   */
  record Column(
      String name,
      Origin origin,
      RowSchema.Type type,
      boolean isRequired,
      boolean isKey,
      String description)
      implements Serializable {
    private static final long serialVersionUID = 1;

    /** The name in SQL. */
    String sql() {
      return TableNames.quoted(name);
    }

    /** The type in SQL, as PostgreSQL displays it. */
    String sqlType() {
      return switch (type) {
        case TIME -> "timestamp(3) without time zone";
        case COUNT -> "bigint";
        case AMOUNT -> "numeric";
        case RATIO -> "double precision";
        case FLAG -> "boolean";
        case TEXT, VALUE -> "text";
      };
    }

    boolean hasKeyText() {
      return origin == Origin.VALUE_KEY || origin == Origin.SOURCE_KEY;
    }
  }

  ResultTable {
    columns = List.copyOf(columns);
  }

  static ResultTable of(RowSchema rows, String schema) {
    boolean isOfLetters = rows.title().equals(Analysis.DEAD_LETTERS);
    List<Column> columns = new ArrayList<>();
    int afterReplaced = 0;
    for (RowSchema.Column field : rows.columns()) {
      boolean isValue = field.type() == RowSchema.Type.VALUE;
      boolean isReplaced = isValue || (isOfLetters && field.isKey());
      columns.add(
          new Column(
              field.name(),
              isValue ? Origin.VALUE : Origin.FIELD,
              field.type(),
              !isValue && (field.isKey() || field.presence() == Presence.ALWAYS),
              field.isKey() && !isReplaced,
              field.description()));
      if (isReplaced) {
        afterReplaced = columns.size();
      }
    }
    if (afterReplaced > 0) {
      columns.add(afterReplaced, isOfLetters ? SOURCE_KEY : valueKey(columns));
    }
    return new ResultTable(rows.title(), schema, columns);
  }

  private static Column valueKey(List<Column> others) {
    String name = TableNames.VALUE_KEY;
    while (others.stream().map(Column::name).toList().contains(name)) { // A dimension has it.
      name += "_";
    }
    return keyText(
        name,
        Origin.VALUE_KEY,
        "The value of the item or dimension as JSON, or its hash if it is long");
  }

  private static Column keyText(String name, Origin origin, String description) {
    return new Column(name, origin, RowSchema.Type.TEXT, true, true, description);
  }

  /** The name without the schema. */
  String name() {
    return TableNames.nameOf(title);
  }

  /** The name with the schema, for messages. */
  String qualifiedName() {
    return schema + "." + name();
  }

  /** The name with the schema, in SQL. */
  String sql() {
    return sql(name());
  }

  /** The name of another table of the same schema, in SQL. */
  String sql(String otherName) {
    return TableNames.quoted(schema) + "." + TableNames.quoted(otherName);
  }

  /** Whether rows have versions; those without are complete. */
  boolean hasVersions() {
    return !title.equals(Analysis.DEAD_LETTERS);
  }

  List<Column> keys() {
    return columns.stream().filter(Column::isKey).toList();
  }

  /** The start of the window, or of the previous period. */
  Column start() {
    return times().get(0);
  }

  /** The end of the window. */
  Column end() {
    return times().get(times().size() - 1);
  }

  private List<Column> times() {
    return keys().stream().filter(column -> column.type() == RowSchema.Type.TIME).toList();
  }
}

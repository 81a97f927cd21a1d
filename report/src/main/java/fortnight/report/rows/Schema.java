package fortnight.report.rows;

import fortnight.common.Analysis;
import fortnight.common.Measure;
import fortnight.report.rows.JsonRow.MalformedRowException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The columns of an analysis, which are those of its first row. */
final class Schema {
  /** The columns of an analysis of changes. */
  static final int CURRENT = 0;

  static final int PREVIOUS = 1;

  /** The most decimals of a number. */
  private static final int MAX_DECIMALS = 30;

  /** In place of a number that is not a short integer. */
  private static final long NONE = Long.MIN_VALUE;

  /** The type of a column's values. */
  private enum Type {
    INTEGER,
    DECIMAL,
    TIME
  }

  /**
   * A column.
   *
   * @param decimals the number of decimals of a number
   */
  private record Column(String name, Type type, int decimals) {}

  private final Analysis analysis;
  private final List<Column> columns;

  private Schema(Analysis analysis, List<Column> columns) {
    this.analysis = analysis;
    this.columns = columns;
  }

  /** The columns of the rows of an analysis, whose first row is this one. */
  static Schema of(Analysis analysis, JsonRow first) throws MalformedRowException {
    List<Column> columns = new ArrayList<>();
    switch (analysis.rows()) {
      case VOLUMES -> {
        if (analysis.isOfShop() || first.has("transactions")) {
          columns.add(new Column("transactions", Type.INTEGER, 0));
        }
        columns.add(new Column("line_items", Type.INTEGER, 0));
        columns.add(decimal("units", first));
        if (first.has("revenue")) {
          columns.add(decimal("revenue", first));
        }
        if (analysis.isOfShop()) {
          columns.add(new Column("first_transaction", Type.TIME, 0));
          columns.add(new Column("last_transaction", Type.TIME, 0));
        }
      }
      case CUSTOMERS -> columns.add(new Column("customers", Type.INTEGER, 0));
      case CHANGES -> {
        columns.addAll(amounts(analysis, first));
      }
      case OUTLIERS -> throw new IllegalArgumentException("rows of several analyses");
    }
    return new Schema(analysis, List.copyOf(columns));
  }

  /** The current and the previous number, with the same decimals. */
  private static List<Column> amounts(Analysis analysis, JsonRow first)
      throws MalformedRowException {
    if (analysis.measure() != Measure.UNITS && analysis.measure() != Measure.REVENUE) {
      return List.of(
          new Column("current", Type.INTEGER, 0), new Column("previous", Type.INTEGER, 0));
    }
    Column current = decimal("current", first);
    Column previous = decimal("previous", first);
    int decimals = Math.max(current.decimals, previous.decimals);
    return List.of(
        new Column("current", Type.DECIMAL, decimals),
        new Column("previous", Type.DECIMAL, decimals));
  }

  private static Column decimal(String name, JsonRow first) throws MalformedRowException {
    int decimals = first.decimal(name).scale();
    if (decimals > MAX_DECIMALS) {
      throw new MalformedRowException(name + ": more than " + MAX_DECIMALS + " decimals");
    }
    return new Column(name, Type.DECIMAL, decimals);
  }

  int size() {
    return columns.size();
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The number of decimals of each column. */
  List<Integer> decimals() {
    return columns.stream().map(Column::decimals).toList();
  }

  /**
   * The values of a row.
   *
   * @param more the number of further values
   */
  Values read(JsonRow json, LocalTimes times, int more) throws MalformedRowException {
    Values row = new Values(columns.size() + more);
    for (int at = 0; at < columns.size(); at++) {
      Column column = columns.get(at);
      long integer = column.decimals == 0 ? json.shortInteger(column.name, NONE) : NONE;
      if (integer != NONE) {
        row.set(at, integer);
        continue;
      }
      switch (column.type) {
        case INTEGER -> row.set(at, json.number(column.name).toBigInteger());
        case DECIMAL -> row.set(at, scaled(column, json.decimal(column.name)));
        case TIME -> row.set(at, json.time(column.name, times));
      }
    }
    if (analysis.isChange()) {
      checkChange(json, row);
    }
    return row;
  }

  private static BigInteger scaled(Column column, BigDecimal number) throws MalformedRowException {
    if (number.scale() > column.decimals) {
      throw new MalformedRowException(
          column.name
              + ": "
              + number.toPlainString()
              + " has more decimals than those of other rows, "
              + column.decimals);
    }
    return number.setScale(column.decimals).unscaledValue();
  }

  private void checkChange(JsonRow json, Values row) throws MalformedRowException {
    if (!isDifference(json, row)) {
      throw new MalformedRowException("change: not current - previous");
    }
    if (Double.compare(json.ratio("ratio"), row.ratio(CURRENT, PREVIOUS)) != 0) {
      throw new MalformedRowException("ratio: not current / previous");
    }
  }

  private boolean isDifference(JsonRow json, Values row) throws MalformedRowException {
    int decimals = columns.get(CURRENT).decimals;
    long change = decimals == 0 ? json.shortInteger("change", NONE) : NONE;
    if (change != NONE && row.isShort(CURRENT) && row.isShort(PREVIOUS)) {
      return change == row.get(CURRENT) - row.get(PREVIOUS);
    }
    BigInteger difference = row.number(CURRENT).subtract(row.number(PREVIOUS));
    return json.decimal("change").compareTo(new BigDecimal(difference, decimals)) == 0;
  }
}

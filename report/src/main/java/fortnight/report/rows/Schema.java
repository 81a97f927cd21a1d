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
        columns.add(amount(analysis, "current", first));
        columns.add(amount(analysis, "previous", first));
      }
      case OUTLIERS -> throw new IllegalArgumentException("rows of several analyses");
    }
    return new Schema(analysis, List.copyOf(columns));
  }

  private static Column amount(Analysis analysis, String name, JsonRow first)
      throws MalformedRowException {
    return analysis.measure() == Measure.UNITS || analysis.measure() == Measure.REVENUE
        ? decimal(name, first)
        : new Column(name, Type.INTEGER, 0);
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
      switch (column.type) {
        case INTEGER -> row.set(at, json.number(column.name).toBigInteger());
        case DECIMAL -> row.set(at, scaled(column, json.decimal(column.name)));
        case TIME -> row.set(at, json.time(column.name, times));
      }
    }
    if (analysis.isChange()) {
      checkChange(json);
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

  private static void checkChange(JsonRow json) throws MalformedRowException {
    BigDecimal previous = json.decimal("previous");
    BigDecimal current = json.decimal("current");
    if (json.decimal("change").compareTo(current.subtract(previous)) != 0) {
      throw new MalformedRowException("change: not current - previous");
    }
    boolean hasRatio = previous.signum() > 0;
    if (hasRatio == json.isNull("ratio")
        || (hasRatio && json.ratio("ratio") != ratio(current, previous))) {
      throw new MalformedRowException("ratio: not current / previous");
    }
  }

  /** The quotient of the numbers without their decimal points, as the pipeline divides them. */
  private static double ratio(BigDecimal current, BigDecimal previous) {
    int decimals = Math.max(current.scale(), previous.scale());
    return current.setScale(decimals).unscaledValue().doubleValue()
        / previous.setScale(decimals).unscaledValue().doubleValue();
  }
}

package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.common.Measure;
import fortnight.transforms.formats.RecordFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the rows of a result, in the order of the fields in JSON. Outputs other than JSON
 * are made from it: the columns of tables and of CSV files, and the schemas of messages.
 *
 * @param title the title of the analysis, or {@link Analysis#DEAD_LETTERS}
 */
public record RowSchema(String title, List<Column> columns) implements Serializable {
  private static final long serialVersionUID = 1;

  /** The types of columns. */
  public enum Type {
    /** A string. */
    TEXT,
    /** The value of a dimension: a string, an integer, or null. */
    VALUE,
    /** A local date and time, to the millisecond. */
    TIME,
    /** An integer of 64 bits. */
    COUNT,
    /** An exact number with a fixed number of decimals, which can be larger than 64 bits. */
    AMOUNT,
    /** A floating-point number of 64 bits. */
    RATIO,
    /** A boolean. */
    FLAG
  }

  /** Whether each row has the column. */
  public enum Presence {
    /** Each row has a value; a {@link Type#VALUE} can be null. */
    ALWAYS,
    /** Some rows have null. */
    OR_NULL,
    /** Some rows do not have the field. */
    OR_ABSENT,
    /** Each row has a value, and rows with the same values of all keys replace each other. */
    KEY
  }

  /**
   * A column.
   *
   * @param decimals of an {@link Type#AMOUNT}; otherwise 0
   */
  public record Column(String name, Type type, Presence presence, int decimals, String description)
      implements Serializable {
    private static final long serialVersionUID = 1;

    public boolean isKey() {
      return presence == Presence.KEY;
    }
  }

  public RowSchema {
    columns = List.copyOf(columns);
  }

  /** Returns the schema of the rows of an analysis of records with a format. */
  public static RowSchema of(Analysis analysis, RecordFormat format) {
    Columns columns = new Columns(analysis, format);
    switch (analysis.rows()) {
      case VOLUMES -> columns.addVolumes();
      case CUSTOMERS -> columns.addCustomers();
      case CHANGES -> columns.addChanges();
      case OUTLIERS -> columns.addOutliers();
    }
    columns.addVersion();
    return new RowSchema(analysis.title(), columns.columns);
  }

  /** Returns the schema of rejected records. */
  public static RowSchema ofDeadLetters() {
    return new RowSchema(
        Analysis.DEAD_LETTERS,
        List.of(
            text("reason", Presence.ALWAYS, "Why the record was rejected, as a constant"),
            text("message", Presence.ALWAYS, "What is wrong, with the path and the value"),
            text("source", Presence.KEY, "FILE:BYTE_OFFSET, or TOPIC/PARTITION/OFFSET"),
            text("payload", Presence.OR_ABSENT, "The record, if it is UTF-8"),
            text("payload_base64", Presence.OR_ABSENT, "The record in Base64, if it is not UTF-8"),
            text("schema", Presence.OR_ABSENT, "The Avro schema of the record"),
            new Column(
                "redriven", Type.FLAG, Presence.OR_ABSENT, 0, "The record was sent back once")));
  }

  /** Returns the columns that identify a row. */
  public List<Column> keys() {
    return columns.stream().filter(Column::isKey).toList();
  }

  private static Column text(String name, Presence presence, String description) {
    return new Column(name, Type.TEXT, presence, 0, description);
  }

  /** Collects the columns of an analysis. */
  private static final class Columns {
    private final List<Column> columns = new ArrayList<>();
    private final Analysis analysis;
    private final RecordFormat format;
    private final Scale scale;

    Columns(Analysis analysis, RecordFormat format) {
      this.analysis = analysis;
      this.format = format;
      this.scale = Scale.of(format);
    }

    void addVolumes() {
      addWindow();
      addScope();
      if (analysis.isOfShop() || isDimensionOfRecords()) {
        add("transactions", Type.COUNT, "Transactions in the window");
      }
      add("line_items", Type.COUNT, "Line items in the window");
      addAmount("units", scale.unitDecimals(), "Units sold, net of returns");
      if (scale.hasRevenue()) {
        addAmount("revenue", scale.revenueDecimals(), "Revenue, net of returns");
      }
      if (analysis.isOfShop()) {
        add("first_transaction", Type.TIME, "The time of the first transaction");
        add("last_transaction", Type.TIME, "The time of the last transaction");
      }
    }

    void addCustomers() {
      addWindow();
      addScope();
      add("customers", Type.COUNT, "Distinct customers in the window");
    }

    void addChanges() {
      addPeriods();
      addScope();
      switch (analysis.measure()) {
        case TRANSACTIONS, CUSTOMERS -> addComparison(Type.COUNT, 0);
        case UNITS, REVENUE -> addComparison(Type.AMOUNT, scale.decimals(analysis.measure()));
      }
    }

    /** The fields of the changes of all dimensions; of each row, those of other ones are absent. */
    void addOutliers() {
      columns.add(text("analysis", Presence.KEY, "The analysis that the change is a row of"));
      columns.add(text("direction", Presence.ALWAYS, "up or down"));
      addPeriods();
      addValue(Analysis.PRODUCT, Presence.OR_ABSENT);
      format.dimensionNames().forEach(name -> addValue(name, Presence.OR_ABSENT));
      addCurrency();
      int decimals = Math.max(scale.decimals(Measure.UNITS), scale.decimals(Measure.REVENUE));
      addComparison(Type.AMOUNT, decimals);
    }

    void addVersion() {
      columns.add(
          text(
              "pane",
              Presence.ALWAYS,
              isOfOutliers() ? "ON_TIME or LATE" : "EARLY, ON_TIME or LATE"));
      add(
          "version",
          Type.COUNT,
          "How many records the row sums; of the rows of a key, the largest is the latest");
    }

    private boolean isDimensionOfRecords() {
      return format.dimensions().stream()
          .anyMatch(field -> field.name().equals(analysis.dimension()) && !field.isOfLineItems());
    }

    private void addWindow() {
      addKey("window_start", "The start of the window");
      addKey("window_end", "The end of the window, exclusive");
    }

    private void addPeriods() {
      addKey("previous_start", "The start of the previous period");
      addKey("current_start", "The start of the current period");
      addKey("current_end", "The end of the current period, exclusive");
    }

    private void addScope() {
      if (!analysis.isOfShop()) {
        addValue(analysis.dimension(), Presence.KEY);
      }
      addCurrency();
    }

    private void addValue(String dimension, Presence presence) {
      String description =
          dimension.equals(Analysis.PRODUCT) ? "The item" : "The value of by." + dimension;
      columns.add(new Column(Analysis.fieldOf(dimension), Type.VALUE, presence, 0, description));
    }

    private void addCurrency() {
      if (format.hasCurrency()) {
        columns.add(text("currency", Presence.KEY, "The currency of all amounts of the row"));
      }
    }

    private void addComparison(Type type, int decimals) {
      String measure = isOfOutliers() ? "Amount" : noun();
      add("previous", type, decimals, measure + " in the previous period");
      add("current", type, decimals, measure + " in the current period");
      add("change", type, decimals, "current - previous");
      columns.add(
          new Column(
              "ratio",
              Type.RATIO,
              isOfOutliers() ? Presence.ALWAYS : Presence.OR_NULL,
              0,
              "current / previous"
                  + (isOfOutliers() ? "" : "; null unless previous is above zero")));
    }

    private boolean isOfOutliers() {
      return analysis.rows() == Analysis.Rows.OUTLIERS;
    }

    private String noun() {
      return switch (analysis.measure()) {
        case TRANSACTIONS -> "Transactions";
        case CUSTOMERS -> "Distinct customers";
        case UNITS -> "Units";
        case REVENUE -> "Revenue";
      };
    }

    private void addKey(String name, String description) {
      columns.add(new Column(name, Type.TIME, Presence.KEY, 0, description));
    }

    private void add(String name, Type type, String description) {
      add(name, type, 0, description);
    }

    private void addAmount(String name, int decimals, String description) {
      add(name, Type.AMOUNT, decimals, description);
    }

    private void add(String name, Type type, int decimals, String description) {
      columns.add(new Column(name, type, Presence.ALWAYS, decimals, description));
    }
  }
}

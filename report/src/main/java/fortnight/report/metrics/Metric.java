package fortnight.report.metrics;

import static fortnight.report.metrics.Labels.ANALYSIS;
import static fortnight.report.metrics.Labels.CURRENCY;
import static fortnight.report.metrics.Labels.DIMENSION;
import static fortnight.report.metrics.Labels.DIRECTION;
import static fortnight.report.metrics.Labels.REASON;
import static fortnight.report.metrics.Labels.RESULT;
import static fortnight.report.metrics.Labels.VALUE;
import static fortnight.report.metrics.Labels.VALUE_TYPE;
import static fortnight.report.metrics.Labels.WINDOW;

import java.util.List;
import java.util.Locale;

/**
 * The metrics that a live page exports, in the order of the text. Those of the shop and those of
 * its dimensions differ in their names, because a sum must not contain a total and its parts.
 */
public enum Metric {
  UP(
      "1 if the last check of the topics or tables succeeded, 0 if the other metrics can be out of date"),
  COMPLETE(
      "1 if all rows that existed at the start have been read; until then, there are no"
          + " metrics of windows, outliers and dead letters"),
  LATEST_EVENT_TIMESTAMP_SECONDS("latest event time of the input topic and the rows"),
  EVENT_TIME_LAG_SECONDS("lag of the latest event time behind the clock, negative if ahead of it"),
  LATEST_ROW_TIMESTAMP_SECONDS("latest event time of the rows"),
  ROW_LAG_SECONDS("lag of the latest event time of the rows behind that of the input topic"),

  WINDOW_START_TIMESTAMP_SECONDS("start of the window", ANALYSIS, WINDOW),
  WINDOW_END_TIMESTAMP_SECONDS("end of the window, exclusive", ANALYSIS, WINDOW),
  OMITTED_SERIES(
      "values of the dimension and the currency that have a row but no metrics, because there are"
          + " more than 1,000",
      ANALYSIS,
      WINDOW),

  TRANSACTIONS("transactions of the shop", WINDOW, CURRENCY),
  LINE_ITEMS("line items of the shop", WINDOW, CURRENCY),
  UNITS("units sold by the shop, net of returns", WINDOW, CURRENCY),
  REVENUE("revenue of the shop, net of returns, in units of the currency", WINDOW, CURRENCY),
  CUSTOMERS("distinct customers of the shop", WINDOW, CURRENCY),

  TRANSACTIONS_CHANGE_CURRENT("transactions of the current period", WINDOW, CURRENCY),
  TRANSACTIONS_CHANGE_PREVIOUS("transactions of the previous period", WINDOW, CURRENCY),
  TRANSACTIONS_CHANGE_RATIO("current / previous; absent unless previous > 0", WINDOW, CURRENCY),
  REVENUE_CHANGE_CURRENT("revenue of the current period", WINDOW, CURRENCY),
  REVENUE_CHANGE_PREVIOUS("revenue of the previous period", WINDOW, CURRENCY),
  REVENUE_CHANGE_RATIO("current / previous; absent unless previous > 0", WINDOW, CURRENCY),
  CUSTOMERS_CHANGE_CURRENT("distinct customers of the current period", WINDOW, CURRENCY),
  CUSTOMERS_CHANGE_PREVIOUS("distinct customers of the previous period", WINDOW, CURRENCY),
  CUSTOMERS_CHANGE_RATIO("current / previous; absent unless previous > 0", WINDOW, CURRENCY),

  DIMENSION_TRANSACTIONS(
      "transactions with the value; only if it is a field of the record",
      DIMENSION,
      VALUE,
      VALUE_TYPE,
      WINDOW,
      CURRENCY),
  DIMENSION_LINE_ITEMS("line items with the value", DIMENSION, VALUE, VALUE_TYPE, WINDOW, CURRENCY),
  DIMENSION_UNITS("units sold with the value", DIMENSION, VALUE, VALUE_TYPE, WINDOW, CURRENCY),
  DIMENSION_REVENUE("revenue with the value", DIMENSION, VALUE, VALUE_TYPE, WINDOW, CURRENCY),

  DIMENSION_UNITS_CHANGE_CURRENT(
      "units of the current period", DIMENSION, VALUE, VALUE_TYPE, WINDOW, CURRENCY),
  DIMENSION_UNITS_CHANGE_PREVIOUS(
      "units of the previous period", DIMENSION, VALUE, VALUE_TYPE, WINDOW, CURRENCY),
  DIMENSION_UNITS_CHANGE_RATIO(
      "current / previous; absent unless previous > 0",
      DIMENSION,
      VALUE,
      VALUE_TYPE,
      WINDOW,
      CURRENCY),
  DIMENSION_REVENUE_CHANGE_CURRENT(
      "revenue of the current period", DIMENSION, VALUE, VALUE_TYPE, WINDOW, CURRENCY),
  DIMENSION_REVENUE_CHANGE_PREVIOUS(
      "revenue of the previous period", DIMENSION, VALUE, VALUE_TYPE, WINDOW, CURRENCY),
  DIMENSION_REVENUE_CHANGE_RATIO(
      "current / previous; absent unless previous > 0",
      DIMENSION,
      VALUE,
      VALUE_TYPE,
      WINDOW,
      CURRENCY),

  OUTLIERS(
      "outliers of the latest closed window, if they are among the results", ANALYSIS, DIRECTION),
  DEAD_LETTERS(
      "dead letters in the topic or table; not a counter, because retention deletes some, and a restarted"
          + " server reads them again",
      REASON),
  REDRIVEN_DEAD_LETTERS(
      "dead letters in the topic that were sent back to the input topic; 0 for a table"),
  ROWS_READ_TOTAL(
      "messages of the topic, or rows of the table, read by this server; those of a table are read"
          + " again after each change, after a failure, and once a minute",
      RESULT),
  MALFORMED_ROWS_TOTAL(
      "messages of the topic, or rows of the table, that are not valid rows, each time they are"
          + " read",
      RESULT);

  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> labels;

  Metric(String help, String... labels) {
    this.help = help;
    this.labels = List.of(labels);
  }

  /** The metric of a measure, of the whole shop or of the values of a dimension. */
  static Metric of(boolean isOfShop, String measure) {
    return valueOf((isOfShop ? "" : "DIMENSION_") + measure.toUpperCase(Locale.ROOT));
  }

  /** The name in the text. */
  public String title() {
    return "fortnight_" + name().toLowerCase(Locale.ROOT);
  }

  /** The type in the text: by convention, the names of counters end with {@code _total}. */
  public String type() {
    return name().endsWith("_TOTAL") ? "counter" : "gauge";
  }

  public String help() {
    return help;
  }

  /** The names of all labels; a series has no currency if its rows have none. */
  public List<String> labels() {
    return labels;
  }
}

package fortnight.report.metrics;

import fortnight.common.Analysis;
import fortnight.report.rows.OutlierRows;
import fortnight.report.rows.OutlierRows.Direction;
import fortnight.report.rows.OutlierRows.Outlier;
import fortnight.report.rows.RunResults;
import fortnight.report.rows.Table;
import fortnight.report.rows.Table.RowKey;
import fortnight.report.rows.Table.SeriesKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds the metrics of rows: of the latest windows of the shop and its dimensions, and of outliers.
 * There are none of products, because each product would be a series.
 */
public final class RowMetrics {
  /** The maximum number of series of a metric and a window. */
  static final int MAX_SERIES = 1_000;

  private static final Set<String> TIMES = Set.of("first_transaction", "last_transaction");

  private final MetricsText text;

  private RowMetrics(MetricsText text) {
    this.text = text;
  }

  /** Adds the metrics of all rows to a text. */
  public static void add(MetricsText text, RunResults results) {
    RowMetrics metrics = new RowMetrics(text);
    results.tables().values().forEach(metrics::addWindows);
    results.outliers().ifPresent(rows -> metrics.addOutliers(rows, results.tables()));
  }

  private void addWindows(Table table) {
    if (table.analysis().dimension().equals(Analysis.PRODUCT)) {
      return;
    }
    LatestWindows windows = LatestWindows.of(table);
    windows
        .starts()
        .forEach((name, start) -> addWindow(table, name, start, keys(table, windows, start)));
  }

  private static NavigableSet<SeriesKey> keys(Table table, LatestWindows windows, long start) {
    NavigableSet<SeriesKey> keys = new TreeSet<>();
    for (SeriesKey key : table.keys()) {
      if (windows.hasRow(table, key, start)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private void addWindow(Table table, String name, long start, NavigableSet<SeriesKey> keys) {
    Labels window =
        Labels.NONE.and(Labels.ANALYSIS, table.analysis().title()).and(Labels.WINDOW, name);
    text.addTime(Metric.WINDOW_START_TIMESTAMP_SECONDS, window, start);
    text.addTime(
        Metric.WINDOW_END_TIMESTAMP_SECONDS, window, table.periods().orElseThrow().end(start));
    text.add(Metric.OMITTED_SERIES, window, Math.max(0, keys.size() - MAX_SERIES));
    keys.stream()
        .limit(MAX_SERIES)
        .forEach(key -> addRow(table, new RowKey(table.analysis(), key, start), name));
  }

  private void addRow(Table table, RowKey key, String window) {
    Analysis analysis = table.analysis();
    Labels labels = labels(key, window);
    String prefix = analysis.isChange() ? analysis.measure() + "_change_" : "";
    List<String> values = table.row(key);
    for (int at = 0; at < table.columns().size(); at++) {
      String column = table.columns().get(at);
      if (!TIMES.contains(column)) {
        BigDecimal value = new BigDecimal(new BigInteger(values.get(at)), table.decimals().get(at));
        Metric metric = Metric.of(analysis.isOfShop(), prefix + column);
        text.add(metric, labels, value.toPlainString());
      }
    }
    if (analysis.isChange()) {
      double ratio = table.ratio(key);
      if (!Double.isNaN(ratio)) {
        Metric metric = Metric.of(analysis.isOfShop(), prefix + "ratio");
        text.add(metric, labels, Double.toString(ratio));
      }
    }
  }

  private static Labels labels(RowKey key, String window) {
    Labels labels = Labels.NONE;
    if (key.series().value().isPresent()) {
      labels =
          labels.and(Labels.DIMENSION, key.analysis().dimension()).and(key.series().value().get());
    }
    labels = labels.and(Labels.WINDOW, window);
    return key.series().currency().isPresent()
        ? labels.and(Labels.CURRENCY, key.series().currency().get())
        : labels;
  }

  /**
   * Adds the numbers of outliers of the latest closed window, which is that of the latest outlier
   * unless the rows of changes are ahead of it.
   */
  private void addOutliers(OutlierRows rows, Map<Analysis, Table> tables) {
    long latest = rows.start();
    Map<Outlier, Long> counts = new TreeMap<>(Outlier.ORDER);
    for (Table table : tables.values()) {
      Analysis analysis = table.analysis();
      if (analysis.isChange()) {
        latest = Math.max(latest, LatestWindows.of(table).closed());
        if (!analysis.isOfShop()) {
          for (Direction direction : Direction.values()) {
            counts.put(new Outlier(analysis, direction), 0L);
          }
        }
      }
    }
    if (latest == rows.start()) {
      counts.putAll(rows.counts(tables));
    }
    counts.forEach(
        (outlier, count) -> {
          Labels labels =
              Labels.NONE
                  .and(Labels.ANALYSIS, outlier.analysis().title())
                  .and(Labels.DIRECTION, outlier.direction().name().toLowerCase(Locale.ROOT));
          text.add(Metric.OUTLIERS, labels, count);
        });
  }
}

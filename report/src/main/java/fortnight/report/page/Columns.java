package fortnight.report.page;

import com.fasterxml.jackson.core.JsonGenerator;
import fortnight.common.Analysis;
import fortnight.report.rows.Dictionary;
import fortnight.report.rows.Periods;
import fortnight.report.rows.Series;
import fortnight.report.rows.Table;
import fortnight.report.rows.Table.SeriesKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a table by column: for each item one text per column, with its values from its first
 * window on, separated by commas, and blank for a window without a row.
 *
 * <p>A previous number is blank as well if it equals the current number of the window in which the
 * previous period is the current one. Thus a year of 2,000 products takes 1.4 MB instead of the 39
 * MB of its rows.
 */
public final class Columns {
  private final Table table;
  private final Dictionary dictionary;
  private final List<Long> starts;
  private final Map<Long, Integer> windows = new HashMap<>();

  /** The rows of a table; the dictionary contains its values and currencies. */
  Columns(Table table, Dictionary dictionary) {
    this.table = table;
    this.dictionary = dictionary;
    this.starts = table.starts();
    starts.forEach(start -> windows.put(start, windows.size()));
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("rows", table.size());
    writeDescription(json, table);
    json.writeArrayFieldStart("starts");
    writeStarts(json);
    json.writeEndArray();
    json.writeArrayFieldStart("series");
    for (SeriesKey key : dictionary.sortedKeys(table)) {
      write(json, key, table.series(key));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes the columns and the periods of a table as fields of the current object. */
  public static void writeDescription(JsonGenerator json, Table table) throws IOException {
    json.writeArrayFieldStart("columns");
    for (String column : table.columns()) {
      json.writeString(column);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("decimals");
    for (int decimals : table.decimals()) {
      json.writeNumber(decimals);
    }
    json.writeEndArray();
    if (table.periods().isPresent()) {
      Periods periods = table.periods().get();
      json.writeObjectFieldStart("periods");
      json.writeBooleanField("months", periods.months().isPresent());
      Periods.Lengths lengths = periods.months().or(periods::fixed).orElseThrow();
      json.writeNumberField("length", lengths.period());
      json.writeNumberField("distance", lengths.distance());
      json.writeEndObject();
    }
  }

  /** Writes the index of a series; with that of its currency, if it has one, as an array. */
  public static void writeKey(
      JsonGenerator json, Dictionary dictionary, Analysis analysis, SeriesKey key)
      throws IOException {
    int value = dictionary.valueIndex(analysis, key);
    Optional<Integer> currency = dictionary.currencyIndex(key);
    if (currency.isPresent()) {
      json.writeArray(new int[] {value, currency.get()}, 0, 2);
    } else {
      json.writeNumber(value);
    }
  }

  /** Writes runs of windows at equal distances: the first start, the distance, the count. */
  private void writeStarts(JsonGenerator json) throws IOException {
    for (int from = 0; from < starts.size(); ) {
      int to = from + 1;
      long step = to < starts.size() ? starts.get(to) - starts.get(from) : 1;
      while (to < starts.size() && starts.get(to) - starts.get(to - 1) == step) {
        to++;
      }
      json.writeArray(new long[] {starts.get(from), step, to - from}, 0, 3);
      from = to;
    }
  }

  private void write(JsonGenerator json, SeriesKey key, Series series) throws IOException {
    json.writeStartArray();
    writeKey(json, dictionary, table.analysis(), key);
    json.writeNumber(windows.get(series.start(0)));
    for (int column = 0; column < table.width(); column++) {
      json.writeString(text(series, column));
    }
    json.writeEndArray();
  }

  private String text(Series series, int column) {
    StringBuilder text = new StringBuilder();
    int window = windows.get(series.start(0));
    for (int row = 0; row < series.size(); row++) {
      for (; starts.get(window) < series.start(row); window++) {
        text.append(',');
      }
      if (!isRedundant(series, row, column)) {
        text.append(series.text(row, column));
      }
    }
    return text.toString();
  }

  private boolean isRedundant(Series series, int row, int column) {
    return table.analysis().isChange()
        && column == Table.PREVIOUS
        && series.equalsAt(previousStart(series.start(row)), Table.CURRENT, row, column);
  }

  private long previousStart(long start) {
    return table.periods().orElseThrow().previousStart(start);
  }
}

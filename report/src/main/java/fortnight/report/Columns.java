package fortnight.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a table, made small: numbers stand in columns, one text for each item, from the
 * window of this index on, separated by commas, blank where a window has no row of the item.
 *
 * <p>A previous number is blank, too, where it is the current one of the window a period earlier.
 * So a year of 2,000 products takes 1.4 MB, not the 39 MB of its rows.
 */
final class Columns {
  private static final int PREVIOUS = Result.VOLUME_CHANGE.numbers().indexOf("previous");
  private static final int CURRENT = Result.VOLUME_CHANGE.numbers().indexOf("current");
  private static final int SHOP = -1;

  private final Table table;
  private final List<ItemId> items;
  private final List<Long> starts;
  private final Map<Long, Integer> windows = new HashMap<>();

  /** The rows of a table; the index of an item is that in this list. */
  Columns(Table table, List<ItemId> items) {
    this.table = table;
    this.items = items;
    this.starts = table.starts();
    starts.forEach(start -> windows.put(start, windows.size()));
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("rows", table.size());
    json.writeNumberField("period", table.period());
    json.writeArrayFieldStart("starts");
    writeStarts(json);
    json.writeEndArray();
    json.writeArrayFieldStart("series");
    if (table.size() > 0 && !table.result().isOfItems()) {
      write(json, SHOP, table.ofShop());
    }
    for (int item = 0; item < items.size(); item++) {
      Optional<Series> series = table.of(items.get(item));
      if (series.isPresent()) {
        write(json, item, series.get());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Windows that follow each other at one distance are said together: first, distance, count. */
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

  private void write(JsonGenerator json, int item, Series series) throws IOException {
    json.writeStartArray();
    json.writeNumber(item);
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
      if (!isKnown(series, row, column)) {
        text.append(series.value(row, column));
      }
    }
    return text.toString();
  }

  private boolean isKnown(Series series, int row, int column) {
    return table.result().isChange()
        && column == PREVIOUS
        && series.value(row, PREVIOUS)
            == series.valueAt(series.start(row) - table.period(), CURRENT);
  }
}

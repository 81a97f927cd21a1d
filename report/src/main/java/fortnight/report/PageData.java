package fortnight.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a page knows, as JSON that may stand in a script element. {@code rows.js} reads it.
 *
 * <p>Numbers stand in columns, one text for each item: its rows from the window of this index on,
 * separated by commas, blank where a window has no row of it. A previous number is blank, too,
 * where it is the current one of the window a period earlier. So a year of 2,000 products takes 2
 * MB, not the 40 MB of its rows.
 */
final class PageData {
  private static final int PREVIOUS = Result.VOLUME_CHANGE.numbers().indexOf("previous");
  private static final int CURRENT = Result.VOLUME_CHANGE.numbers().indexOf("current");
  private static final JsonFactory FACTORY =
      new JsonFactory().setCharacterEscapes(new ScriptEscapes());

  private final Report report;

  PageData(Report report) {
    this.report = report;
  }

  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      List<ItemId> items = new ArrayList<>(report.items());
      json.writeStartObject();
      json.writeObjectFieldStart("results");
      for (Table table : report.tables().values()) {
        table(json, table, items);
      }
      json.writeEndObject();
      items(json, items);
      rejected(json);
      broken(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void table(JsonGenerator json, Table table, List<ItemId> items)
      throws IOException {
    List<Long> starts = table.starts();
    Map<Long, Integer> windows = new HashMap<>();
    for (Long start : starts) {
      windows.put(start, windows.size());
    }
    json.writeObjectFieldStart(table.result().title());
    json.writeNumberField("rows", table.size());
    json.writeNumberField("period", table.period());
    starts(json, starts);
    json.writeArrayFieldStart("series");
    if (!table.result().isOfItems()) {
      series(json, table, table.ofShop(), -1, starts, windows);
    }
    for (int item = 0; item < items.size(); item++) {
      Optional<Series> series = table.of(items.get(item));
      if (series.isPresent()) {
        series(json, table, series.get(), item, starts, windows);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Windows that follow each other at one distance are said together: first, distance, count. */
  private static void starts(JsonGenerator json, List<Long> starts) throws IOException {
    json.writeArrayFieldStart("starts");
    for (int from = 0; from < starts.size(); ) {
      int to = from + 1;
      long step = to < starts.size() ? starts.get(to) - starts.get(from) : 1;
      while (to < starts.size() && starts.get(to) - starts.get(to - 1) == step) {
        to++;
      }
      json.writeArray(new long[] {starts.get(from), step, to - from}, 0, 3);
      from = to;
    }
    json.writeEndArray();
  }

  private static void series(
      JsonGenerator json,
      Table table,
      Series series,
      int item,
      List<Long> starts,
      Map<Long, Integer> windows)
      throws IOException {
    if (series.size() == 0) {
      return;
    }
    Result result = table.result();
    json.writeStartArray();
    json.writeNumber(item);
    json.writeNumber(windows.get(series.start(0)));
    for (int column = 0; column < result.numbers().size() + result.times().size(); column++) {
      StringBuilder text = new StringBuilder();
      int window = windows.get(series.start(0));
      for (int row = 0; row < series.size(); row++) {
        for (; starts.get(window) < series.start(row); window++) {
          text.append(',');
        }
        long value = series.value(row, column);
        boolean isKnown =
            result.isChange()
                && column == PREVIOUS
                && value == series.valueAt(series.start(row) - table.period(), CURRENT);
        if (!isKnown) {
          text.append(value);
        }
      }
      json.writeString(text.toString());
    }
    json.writeEndArray();
  }

  private void items(JsonGenerator json, List<ItemId> items) throws IOException {
    json.writeArrayFieldStart("items");
    for (ItemId item : items) {
      json.writeStartArray();
      json.writeString(item.text());
      json.writeBoolean(item.integer());
      json.writeString(report.catalog().name(item).orElse(null));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void rejected(JsonGenerator json) throws IOException {
    if (report.rejected().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("rejected");
    for (Map.Entry<String, Rejected.Reason> reason : report.rejected().get().reasons().entrySet()) {
      json.writeStartObject();
      json.writeStringField("reason", reason.getKey());
      json.writeNumberField("count", reason.getValue().count());
      json.writeArrayFieldStart("samples");
      for (Rejected.Sample sample : reason.getValue().samples()) {
        json.writeStartObject();
        json.writeStringField("message", sample.message());
        json.writeStringField("source", sample.source());
        json.writeStringField("payload", sample.payload());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void broken(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("broken");
    for (Broken file : report.broken()) {
      json.writeStartObject();
      json.writeStringField("title", file.title());
      json.writeNumberField("count", file.count());
      json.writeArrayFieldStart("samples");
      for (Broken.Sample sample : file.samples()) {
        json.writeStartObject();
        json.writeNumberField("line", sample.line());
        json.writeStringField("why", sample.why());
        json.writeStringField("text", sample.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

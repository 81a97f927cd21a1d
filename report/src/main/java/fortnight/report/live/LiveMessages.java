package fortnight.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import fortnight.common.Analysis;
import fortnight.report.page.PageData;
import fortnight.report.rows.ItemId;
import fortnight.report.rows.RejectedSummary;
import fortnight.report.rows.RunResults;
import fortnight.report.rows.Table;
import fortnight.report.rows.Table.RowKey;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Formats the state as server-sent events, which {@code live.js} reads. */
final class LiveMessages {
  /** The index of the whole shop, in place of that of an item. */
  private static final int SHOP = -1;

  private final RunResults results;
  private final List<ItemId> items;
  private final Map<ItemId, Integer> indexes;

  /**
   * Reads a state that changes.
   *
   * @param items in order of arrival
   * @param indexes of the items in that list
   */
  LiveMessages(RunResults results, List<ItemId> items, Map<ItemId, Integer> indexes) {
    this.results = results;
    this.items = items;
    this.indexes = indexes;
  }

  /** All results. */
  String snapshot() throws IOException {
    return event(
        "snapshot",
        json -> {
          new PageData(results, items).writeTo(json);
          writeRedriven(json);
        });
  }

  /** The rows that a page does not have, and their items. */
  String changes(PageUpdates page) throws IOException {
    PageData data = new PageData(results, items);
    return event(
        "changes",
        json -> {
          data.writeItems(json, items.subList(page.sentItems(), items.size()));
          writeRows(json, page);
          if (page.needsRejects()) {
            data.writeRejected(json);
            data.writeMalformed(json);
            writeRedriven(json);
          }
        });
  }

  private void writeRedriven(JsonGenerator json) throws IOException {
    json.writeNumberField("redriven", results.rejected().map(RejectedSummary::redriven).orElse(0));
  }

  private void writeRows(JsonGenerator json, PageUpdates page) throws IOException {
    Map<Analysis, List<RowKey>> byAnalysis = new LinkedHashMap<>();
    for (RowKey key : page.rows()) {
      byAnalysis.computeIfAbsent(key.analysis(), analysis -> new ArrayList<>()).add(key);
    }
    json.writeObjectFieldStart("results");
    for (Map.Entry<Analysis, List<RowKey>> changed : byAnalysis.entrySet()) {
      Table table = results.table(changed.getKey());
      json.writeObjectFieldStart(changed.getKey().title());
      json.writeNumberField("period", table.period());
      json.writeArrayFieldStart("rows");
      for (RowKey key : changed.getValue()) {
        json.writeStartArray();
        json.writeNumber(key.item().map(indexes::get).orElse(SHOP));
        json.writeNumber(key.start());
        for (long value : table.row(key)) {
          json.writeNumber(value);
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  String status(StreamStatus status, boolean complete) throws IOException {
    return event(
        "status",
        json -> {
          json.writeBooleanField("complete", complete);
          status.writeTo(json);
        });
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String event(String name, Body body) throws IOException {
    StringWriter text = new StringWriter();
    text.append("event: ").append(name).append("\ndata: ");
    JsonGenerator json = PageData.generator(text);
    json.writeStartObject();
    body.write(json);
    json.writeEndObject();
    json.flush();
    return text.append("\n\n").toString();
  }
}

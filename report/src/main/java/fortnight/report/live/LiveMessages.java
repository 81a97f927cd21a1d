package fortnight.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import fortnight.common.Analysis;
import fortnight.report.page.Columns;
import fortnight.report.page.PageData;
import fortnight.report.rows.Dictionary;
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
  /** Longer numbers can be beyond 2^53, and are written as strings. */
  private static final int MAX_NUMBER_LENGTH = 15;

  private final RunResults results;
  private final Dictionary dictionary;

  /**
   * Reads a state that changes.
   *
   * @param dictionary the values and currencies of all rows, in order of arrival
   */
  LiveMessages(RunResults results, Dictionary dictionary) {
    this.results = results;
    this.dictionary = dictionary;
  }

  /** All results. */
  String snapshot() throws IOException {
    return event(
        "snapshot",
        json -> {
          new PageData(results, dictionary).writeTo(json);
          writeRedriven(json);
        });
  }

  /** The rows that a page does not have, with their new values and currencies. */
  String changes(PageUpdates page) throws IOException {
    PageData data = new PageData(results, dictionary);
    return event(
        "changes",
        json -> {
          data.writeDictionary(json, page.sentEntries());
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
      Columns.writeDescription(json, table);
      json.writeArrayFieldStart("rows");
      for (RowKey key : changed.getValue()) {
        writeRow(json, table, key);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeRow(JsonGenerator json, Table table, RowKey key) throws IOException {
    json.writeStartArray();
    Columns.writeKey(json, dictionary, key.analysis(), key.series());
    json.writeNumber(key.start());
    for (String value : table.row(key)) {
      if (value.length() <= MAX_NUMBER_LENGTH) {
        json.writeNumber(value);
      } else {
        json.writeString(value);
      }
    }
    json.writeEndArray();
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

package fortnight.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a page knows, as JSON that may stand in a script element. {@code rows.js} reads it.
 *
 * <p>Numbers stand in columns, one text for each item: its rows from the window of this index on,
 * separated by commas, blank where a window has no row of it. A previous number is blank, too,
 * where it is the current one of the window a period earlier. So a year of 2,000 products takes 2
 * MB, not the 40 MB of its rows.
 */
final class PageData {
  private static final JsonFactory FACTORY =
      new JsonFactory().setCharacterEscapes(new ScriptEscapes());

  private final Report report;
  private final List<ItemId> items;

  PageData(Report report) {
    this(report, new ArrayList<>(report.items()));
  }

  /** With the items in this order; all that have rows are among them. */
  PageData(Report report, List<ItemId> items) {
    this.report = report;
    this.items = items;
  }

  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = generator(text)) {
      json.writeStartObject();
      writeTo(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  static JsonGenerator generator(Writer text) throws IOException {
    return FACTORY.createGenerator(text);
  }

  /** Writes all of it into an object that is open. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("results");
    for (Table table : report.tables().values()) {
      json.writeFieldName(table.result().title());
      new Columns(table, items).writeTo(json);
    }
    json.writeEndObject();
    writeItems(json, items);
    writeRejected(json);
    writeBroken(json);
  }

  void writeItems(JsonGenerator json, List<ItemId> items) throws IOException {
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

  void writeRejected(JsonGenerator json) throws IOException {
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

  void writeBroken(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("broken");
    for (Broken file : report.broken()) {
      json.writeStartObject();
      json.writeStringField("title", file.title());
      json.writeNumberField("count", file.count());
      json.writeArrayFieldStart("samples");
      for (Broken.Sample sample : file.samples()) {
        json.writeStartObject();
        json.writeStringField("place", sample.place());
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

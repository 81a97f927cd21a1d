package fortnight.report.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import fortnight.report.rows.ItemId;
import fortnight.report.rows.MalformedRows;
import fortnight.report.rows.RejectedSummary;
import fortnight.report.rows.RunResults;
import fortnight.report.rows.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The results as JSON for the page; {@code rows.js} reads it. Tables are {@link Columns}. */
public final class PageData {
  private static final JsonFactory FACTORY =
      new JsonFactory().setCharacterEscapes(new ScriptEscapes());

  /** Escapes the characters that could end or begin an element, inside of a script element. */
  private static final class ScriptEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    private final int[] escapes = standardAsciiEscapesForJSON();

    ScriptEscapes() {
      for (char unsafe : new char[] {'<', '>', '&'}) {
        escapes[unsafe] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return escapes.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return null; // All escapes are the standard ones.
    }
  }

  private final RunResults results;
  private final List<ItemId> items;

  public PageData(RunResults results) {
    this(results, new ArrayList<>(results.items()));
  }

  /**
   * With an order of items.
   *
   * @param items at least those that have rows
   */
  public PageData(RunResults results, List<ItemId> items) {
    this.results = results;
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

  /** A generator whose JSON can be part of a script element. */
  public static JsonGenerator generator(Writer text) throws IOException {
    return FACTORY.createGenerator(text);
  }

  /** Writes all results as fields of the current object. */
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("results");
    for (Table table : results.tables().values()) {
      json.writeFieldName(table.analysis().title());
      new Columns(table, items).writeTo(json);
    }
    json.writeEndObject();
    writeItems(json, items);
    writeRejected(json);
    writeMalformed(json);
  }

  public void writeItems(JsonGenerator json, List<ItemId> items) throws IOException {
    json.writeArrayFieldStart("items");
    for (ItemId item : items) {
      json.writeStartArray();
      json.writeString(item.text());
      json.writeBoolean(item.isInteger());
      json.writeString(results.itemName(item).orElse(null));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Writes dead letters by reason; nothing if they were not read. */
  public void writeRejected(JsonGenerator json) throws IOException {
    if (results.rejected().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("rejected");
    for (Map.Entry<String, RejectedSummary.Reason> reason :
        results.rejected().get().reasons().entrySet()) {
      json.writeStartObject();
      json.writeStringField("reason", reason.getKey());
      json.writeNumberField("count", reason.getValue().count());
      json.writeArrayFieldStart("samples");
      for (RejectedSummary.Sample sample : reason.getValue().samples()) {
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

  public void writeMalformed(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("malformed");
    for (MalformedRows rows : results.malformed()) {
      json.writeStartObject();
      json.writeStringField("title", rows.title());
      json.writeNumberField("count", rows.count());
      json.writeArrayFieldStart("samples");
      for (MalformedRows.Sample sample : rows.samples()) {
        json.writeStartObject();
        json.writeStringField("place", sample.place());
        json.writeStringField("error", sample.error());
        json.writeStringField("text", sample.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

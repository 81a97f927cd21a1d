package fortnight.report.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import fortnight.common.Analysis;
import fortnight.report.rows.Dictionary;
import fortnight.report.rows.DimensionValue;
import fortnight.report.rows.MalformedRows;
import fortnight.report.rows.RejectedSummary;
import fortnight.report.rows.RunResults;
import fortnight.report.rows.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
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
  private final Dictionary dictionary;

  public PageData(RunResults results) {
    this(results, Dictionary.sorted(results.tables().values()));
  }

  /**
   * With indexes of values and currencies.
   *
   * @param dictionary contains at least those that have rows
   */
  public PageData(RunResults results, Dictionary dictionary) {
    this.results = results;
    this.dictionary = dictionary;
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
      new Columns(table, dictionary).writeTo(json);
    }
    json.writeEndObject();
    writeDictionary(json, Dictionary.Sizes.NONE);
    writeRejected(json);
    writeMalformed(json);
  }

  /** Writes the values and currencies that were added since the dictionary had these sizes. */
  public void writeDictionary(JsonGenerator json, Dictionary.Sizes since) throws IOException {
    json.writeObjectFieldStart("values");
    for (Map.Entry<String, List<DimensionValue>> added : dictionary.valuesSince(since).entrySet()) {
      boolean isProduct = added.getKey().equals(Analysis.PRODUCT);
      json.writeArrayFieldStart(added.getKey());
      for (DimensionValue value : added.getValue()) {
        json.writeStartArray();
        json.writeString(value.isNull() ? null : value.text());
        json.writeBoolean(value.isInteger());
        json.writeString(isProduct ? results.itemName(value).orElse(null) : null);
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("currencies");
    for (String currency : dictionary.currenciesSince(since)) {
      json.writeString(currency);
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

package fortnight.testdata.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Map;

/** Writes a JSON object per line. */
public final class JsonLines {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  public JsonLines(OutputStream bytes) throws IOException {
    json = JSON.createGenerator(bytes).setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  /** Starts an object. */
  public JsonLines start() throws IOException {
    json.writeStartObject();
    return this;
  }

  public JsonLines field(String name, long value) throws IOException {
    json.writeNumberField(name, value);
    return this;
  }

  public JsonLines field(String name, String value) throws IOException {
    json.writeStringField(name, value);
    return this;
  }

  /** A field that is an amount of money, with two decimal places. */
  public JsonLines money(String name, long cents) throws IOException {
    json.writeNumberField(name, BigDecimal.valueOf(cents, 2));
    return this;
  }

  /** A field that is an object of numbers. */
  public JsonLines field(String name, Map<String, Long> values) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> value : values.entrySet()) {
      field(value.getKey(), value.getValue());
    }
    json.writeEndObject();
    return this;
  }

  /** Ends the object. */
  public void end() throws IOException {
    json.writeEndObject();
  }

  /** Ends the last line. Does not close the stream. */
  public void finish() throws IOException {
    json.writeRaw('\n');
    json.flush();
  }
}

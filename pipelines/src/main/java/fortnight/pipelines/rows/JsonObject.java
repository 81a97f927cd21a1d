package fortnight.pipelines.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Writes a compact JSON object, with the fields in the order of the calls; reads it again. */
public final class JsonObject {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Java 17 and 19 print some doubles differently; this writer always prints the shortest.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private static final long MILLIS_PER_SECOND = 1_000;

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder()
          .append(SECONDS)
          .appendFraction(ChronoField.NANO_OF_SECOND, 3, 3, true)
          .toFormatter();

  /** Writes the fields of an object. */
  @FunctionalInterface
  public interface Fields {
    void write(JsonObject json) throws IOException;
  }

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      // Ids are numbers and strings of any length.
                      StreamReadConstraints.builder()
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(ObjectNode.class);

  private final JsonGenerator generator;

  private JsonObject(JsonGenerator generator) {
    this.generator = generator;
  }

  /** Returns the text of an object. */
  public static String object(Fields fields) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.writeStartObject();
      fields.write(new JsonObject(generator));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string", e);
    }
    return text.toString();
  }

  /** Returns the fields of a row, in their order; numbers are exact and keep all decimals. */
  public static ObjectNode parse(String row) {
    try {
      return READER.readValue(row);
    } catch (IOException e) {
      throw new UncheckedIOException("reading a row", e);
    }
  }

  public JsonObject field(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
    return this;
  }

  public JsonObject field(String name, Int128 value) throws IOException {
    generator.writeFieldName(name);
    if (value.isLong()) {
      generator.writeNumber(value.low());
    } else {
      generator.writeNumber(value.toBigInteger());
    }
    return this;
  }

  /** Writes a number with all its decimals; the value is in units of the last one. */
  public JsonObject field(String name, Int128 value, int decimals) throws IOException {
    if (decimals == 0) {
      return field(name, value);
    }
    generator.writeFieldName(name);
    generator.writeNumber(new BigDecimal(value.toBigInteger(), decimals).toPlainString());
    return this;
  }

  public JsonObject field(String name, double value) throws IOException {
    generator.writeNumberField(name, value);
    return this;
  }

  public JsonObject field(String name, String value) throws IOException {
    generator.writeStringField(name, value);
    return this;
  }

  public JsonObject field(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
    return this;
  }

  public JsonObject nullField(String name) throws IOException {
    generator.writeNullField(name);
    return this;
  }

  /** Writes an id as a number or a string, as in the input, or as null. */
  public JsonObject field(String name, Id id) throws IOException {
    if (id.isNull()) {
      return nullField(name);
    }
    generator.writeFieldName(name);
    if (id.integer()) {
      generator.writeNumber(id.text());
    } else {
      generator.writeString(id.text());
    }
    return this;
  }

  /** Returns an id as JSON, which distinguishes 7 from "7". */
  public static String text(Id id) {
    return id.integer() || id.isNull()
        ? id.text()
        : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(id.text())) + '"';
  }

  /** Writes a local date and time. */
  public JsonObject field(String name, org.joda.time.Instant time) throws IOException {
    return field(name, time(time));
  }

  /** Formats a local date and time; milliseconds are omitted if they are zero. */
  public static String time(org.joda.time.Instant time) {
    LocalDateTime local =
        LocalDateTime.ofInstant(Instant.ofEpochMilli(time.getMillis()), ZoneOffset.UTC);
    boolean isWholeSecond = time.getMillis() % MILLIS_PER_SECOND == 0;
    return (isWholeSecond ? SECONDS : MILLIS).format(local);
  }
}

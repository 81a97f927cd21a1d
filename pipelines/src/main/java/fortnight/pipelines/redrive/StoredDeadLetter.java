package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.common.kafka.RedriveNotes;
import fortnight.pipelines.rows.DeadLetterRow;
import fortnight.pipelines.rows.JsonObject;
import fortnight.transforms.RejectReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A dead letter as {@link DeadLetterRow} writes it.
 *
 * @param payload the bytes of the record; empty for lost offsets
 * @param schema the schema of a record of an Avro file
 * @param redriven whether the record was redriven before and rejected again
 */
record StoredDeadLetter(
    RejectReason reason,
    String source,
    ByteBuffer payload,
    Optional<String> schema,
    boolean redriven) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Parses a message or a line; returns empty if it is not a dead letter. */
  static Optional<StoredDeadLetter> parse(byte @Nullable [] json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      return of(textFields(json));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // not JSON, an unknown reason, not Base64, or a lone surrogate
    }
  }

  private static Optional<StoredDeadLetter> of(Map<String, String> fields) throws IOException {
    String text = fields.get("payload");
    String base64 = fields.get("payload_base64");
    String source = fields.getOrDefault("source", "");
    boolean isLost = RejectReason.LOST_OFFSETS.name().equals(fields.get("reason"));
    if (source.isEmpty() || (!isLost && (text == null) == (base64 == null))) {
      return Optional.empty();
    }
    ByteBuffer payload;
    if (isLost) {
      payload = ByteBuffer.allocate(0);
    } else if (text == null) {
      payload = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    } else {
      payload = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    }
    return Optional.of(
        new StoredDeadLetter(
            RejectReason.valueOf(fields.getOrDefault("reason", "")),
            source,
            payload.asReadOnlyBuffer(),
            Optional.ofNullable(fields.get("schema")),
            "true".equals(fields.get("redriven"))));
  }

  /**
   * The string fields of a JSON object and those that are true, without those of nested objects.
   */
  private static Map<String, String> textFields(byte[] json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_TRUE) {
          fields.put(name, parser.getText());
        }
        parser.skipChildren();
      }
      return parser.nextToken() == null ? fields : Map.of();
    }
  }

  /** Copies the payload. */
  byte[] bytes() {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }

  /** A message in the dead-letter topic that marks a source as sent; see {@link RedriveNotes}. */
  record Note(String source) {
    /** Parses a message; returns empty if it is not a note. */
    static Optional<Note> parse(byte @Nullable [] json) {
      if (json == null) {
        return Optional.empty();
      }
      try (JsonParser parser = FACTORY.createParser(json)) {
        return parser.nextToken() == JsonToken.START_OBJECT
                && RedriveNotes.FIELD.equals(parser.nextFieldName())
                && parser.nextToken() == JsonToken.VALUE_STRING
            ? Optional.of(new Note(parser.getText()))
            : Optional.empty();
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    ProducerRecord<byte[], byte[]> message(String topic) {
      String json = JsonObject.object(fields -> fields.field(RedriveNotes.FIELD, source));
      return new ProducerRecord<>(topic, RedriveNotes.key(source), json.getBytes(UTF_8));
    }
  }
}

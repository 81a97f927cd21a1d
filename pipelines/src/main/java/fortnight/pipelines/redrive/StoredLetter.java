package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.pipelines.rows.DeadLetterRow;
import fortnight.transforms.RejectReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A dead letter as {@link DeadLetterRow} wrote it, its payload the record's very bytes.
 *
 * @param payload read-only; empty where the letter is of lost offsets
 * @param redriven whether its record was sent back before, and failed again
 */
record StoredLetter(RejectReason reason, String source, ByteBuffer payload, boolean redriven) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** The letter in a message or a line; empty where it is none. */
  static Optional<StoredLetter> parse(byte @Nullable [] json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      return of(texts(json));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // No JSON, no such reason, no Base64, or no text that UTF-8 can say.
    }
  }

  private static Optional<StoredLetter> of(Map<String, String> texts) throws IOException {
    String text = texts.get("payload");
    String base64 = texts.get("payload_base64");
    String source = texts.getOrDefault("source", "");
    if (RejectReason.LOST_OFFSETS.name().equals(texts.get("reason")) && !source.isEmpty()) {
      return Optional.of(
          new StoredLetter(
              RejectReason.LOST_OFFSETS, source, ByteBuffer.allocate(0).asReadOnlyBuffer(), false));
    }
    if (source.isEmpty() || (text == null) == (base64 == null)) {
      return Optional.empty();
    }
    ByteBuffer payload =
        text == null
            ? ByteBuffer.wrap(Base64.getDecoder().decode(base64))
            : UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    return Optional.of(
        new StoredLetter(
            RejectReason.valueOf(texts.getOrDefault("reason", "")),
            source,
            payload.asReadOnlyBuffer(),
            "true".equals(texts.get("redriven"))));
  }

  /** The fields of the one object that stands there, whatever is in deeper ones. */
  private static Map<String, String> texts(byte[] json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_TRUE) {
          texts.put(name, parser.getText());
        }
        parser.skipChildren();
      }
      return parser.nextToken() == null ? texts : Map.of();
    }
  }

  /** A copy of the payload. */
  byte[] bytes() {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }
}

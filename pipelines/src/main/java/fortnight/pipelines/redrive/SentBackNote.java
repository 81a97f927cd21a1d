package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.pipelines.rows.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A message beside the dead letters that says of one that it was sent back: {@code
 * {"sent_back":SOURCE}}. Its key is not the letter's, so that compaction keeps it when the letter
 * is written once more, as after a crash of the pipeline.
 *
 * @param source the dead letter's
 */
record SentBackNote(String source) {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String FIELD = "sent_back";

  /** The note in a message; empty where it is none. */
  static Optional<SentBackNote> parse(byte @Nullable [] json) {
    if (json == null) {
      return Optional.empty();
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      return parser.nextToken() == JsonToken.START_OBJECT
              && FIELD.equals(parser.nextFieldName())
              && parser.nextToken() == JsonToken.VALUE_STRING
          ? Optional.of(new SentBackNote(parser.getText()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  ProducerRecord<byte[], byte[]> message(String topic) {
    String json = JsonObject.object(fields -> fields.field(FIELD, source));
    return new ProducerRecord<>(
        topic, (FIELD + "/" + source).getBytes(UTF_8), json.getBytes(UTF_8));
  }
}

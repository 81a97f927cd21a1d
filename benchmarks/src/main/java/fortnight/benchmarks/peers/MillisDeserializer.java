package fortnight.benchmarks.peers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads a local date-time as milliseconds on the UTC axis. */
final class MillisDeserializer extends StdDeserializer<Long> {
  MillisDeserializer() {
    super(Long.class);
  }

  @Override
  public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
    return Week.millis(json.getText());
  }
}

package fortnight.testdata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/** Small JSON files with an object a line. */
final class JsonLines {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonLines() {}

  static JsonGenerator to(OutputStream bytes) throws IOException {
    return JSON.createGenerator(bytes).setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  /** Ends the last line. */
  static void end(JsonGenerator lines) throws IOException {
    lines.writeRaw('\n');
    lines.flush();
  }
}

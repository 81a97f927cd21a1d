package fortnight.runners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML with anchors and merges, which Jackson does not support; JSON is YAML. */
final class Yaml {
  private static final int MAX_CHARACTERS = 10_000_000;

  private Yaml() {}

  static JsonNode read(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    try (Reader text = Files.newBufferedReader(file)) {
      Object read = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(text);
      return new ObjectMapper().valueToTree(read);
    }
  }
}

package fortnight.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import fortnight.common.Analysis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Validates the files beside the records with the JSON Schemas of docs/schemas. */
final class ValidLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The schemas of the lines, by the flag that names the file. */
  private static final Map<String, JsonSchema> SCHEMAS =
      Map.of("--truth=", schema("truth"), "--catalog=", schema("catalog"));

  /** Lines that were validated before: many tests have the same truth. */
  private static final Set<String> VALID = ConcurrentHashMap.newKeySet();

  private ValidLines() {}

  private static JsonSchema schema(String name) {
    try (InputStream text =
        Analysis.class.getResourceAsStream("/fortnight/schemas/" + name + ".schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks the files that the arguments name. */
  static void check(Iterable<String> args) {
    for (String arg : args) {
      SCHEMAS.forEach(
          (flag, schema) -> {
            if (arg.startsWith(flag)) {
              check(Path.of(arg.substring(flag.length())), schema);
            }
          });
    }
  }

  private static void check(Path file, JsonSchema schema) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (!VALID.contains(line)) {
          assertThat(schema.validate(JSON.readTree(line))).as(line).isEmpty();
          VALID.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

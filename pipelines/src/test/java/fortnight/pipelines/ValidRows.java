package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import fortnight.common.Analysis;
import fortnight.pipelines.rows.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Validates result files with the JSON Schemas of docs/schemas, as the jar contains them. */
final class ValidRows {
  private static final String SUFFIX = ".jsonl";

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  /** Rows that were validated before: many tests have the same results. */
  private static final Set<String> VALID = ConcurrentHashMap.newKeySet();

  private ValidRows() {}

  /** Checks each line of the results in a directory, if it exists. */
  static void check(Path directory) throws IOException {
    for (String name : TestRun.names(directory)) {
      Path file = directory.resolve(name);
      if (name.endsWith(SUFFIX) && Files.isRegularFile(file)) {
        String title = name.substring(0, name.length() - SUFFIX.length());
        Optional<Analysis> analysis = Analysis.titled(title);
        if (analysis.isPresent() || title.equals(Analysis.DEAD_LETTERS)) {
          check(file, analysis.map(ValidRows::nameOfSchema).orElse(title));
        }
      }
    }
  }

  private static void check(Path file, String name) throws IOException {
    JsonSchema schema = SCHEMAS.computeIfAbsent(name, ValidRows::schema);
    for (String line : Files.readAllLines(file)) {
      String row = name + line;
      if (!VALID.contains(row)) {
        assertThat(schema.validate(JsonObject.parse(line))).as(row).isEmpty();
        VALID.add(row);
      }
    }
  }

  /** Dimensions that users name have a schema in common. */
  private static String nameOfSchema(Analysis analysis) {
    boolean isNamedByUser =
        !analysis.dimension().equals(Analysis.SHOP)
            && !analysis.dimension().equals(Analysis.PRODUCT);
    return isNamedByUser
        ? "dimension" + analysis.title().substring(analysis.dimension().length())
        : analysis.title();
  }

  private static JsonSchema schema(String name) {
    String resource = "/fortnight/schemas/" + name + ".schema.json";
    try (InputStream text = Analysis.class.getResourceAsStream(resource)) {
      return FACTORY.getSchema(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package fortnight.runners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import fortnight.common.Analysis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The JSON schema of rows; or of a file for another program: the program's own if a system property
 * names it, else a schema of the parts that the file uses.
 */
final class Schema {
  private static final Path OURS = Path.of("src/test/resources/fortnight/runners");

  private final JsonSchema schema;

  private Schema(JsonSchema schema) {
    this.schema = schema;
  }

  private static Schema ofFile(JsonNode schema) {
    // The relative $id of the compose specification needs a base.
    return new Schema(
        JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(SchemaLocation.of("https://localhost/schema.json"), schema));
  }

  /**
   * The schema of the rows of a result, as the jar contains it.
   *
   * @param title of an analysis, or of the dead letters
   */
  static Schema ofRows(String title) {
    String dimension = Analysis.titled(title).map(Analysis::dimension).orElse(Analysis.SHOP);
    boolean isNamedByUser = !dimension.equals(Analysis.SHOP) && !dimension.equals(Analysis.PRODUCT);
    String name = isNamedByUser ? "dimension" + title.substring(dimension.length()) : title;
    try (InputStream text =
        Analysis.class.getResourceAsStream("/fortnight/schemas/" + name + ".schema.json")) {
      return new Schema(JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of a compose file; {@code -Dcompose.schema=FILE} sets the specification's own. */
  static Schema ofCompose() throws IOException {
    String theirs = System.getProperty("compose.schema");
    return ofFile(
        theirs == null
            ? Yaml.read(OURS.resolve("compose-schema.json"))
            : Yaml.read(Path.of(theirs)));
  }

  /** The schema of a FlinkDeployment's spec; {@code -Dflink.crd=FILE} sets the operator's own. */
  static Schema ofFlinkDeployment() throws IOException {
    String theirs = System.getProperty("flink.crd");
    return ofFile(
        theirs == null
            ? Yaml.read(OURS.resolve("flink-deployment-schema.json"))
            : closed(
                Yaml.read(Path.of(theirs))
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec")));
  }

  /** The validation errors of a document. */
  List<String> problemsOf(JsonNode document) {
    return schema.validate(document).stream().map(ValidationMessage::getMessage).sorted().toList();
  }

  /** Rejects unknown fields, which Kubernetes ignores. */
  private static JsonNode closed(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.has("x-kubernetes-preserve-unknown-fields")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(Schema::closed);
    return schema;
  }
}

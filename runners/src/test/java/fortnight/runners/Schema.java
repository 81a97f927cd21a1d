package fortnight.runners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The JSON schema of a file for another program: the program's own if a system property names it,
 * else a schema of the parts that the file uses.
 */
final class Schema {
  private static final Path OURS = Path.of("src/test/resources/fortnight/runners");

  private final JsonSchema schema;

  private Schema(JsonNode schema) {
    // The relative $id of the compose specification needs a base.
    this.schema =
        JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(SchemaLocation.of("https://localhost/schema.json"), schema);
  }

  /** The schema of a compose file; {@code -Dcompose.schema=FILE} sets the specification's own. */
  static Schema ofCompose() throws IOException {
    String theirs = System.getProperty("compose.schema");
    return new Schema(
        theirs == null
            ? Yaml.read(OURS.resolve("compose-schema.json"))
            : Yaml.read(Path.of(theirs)));
  }

  /** The schema of a FlinkDeployment's spec; {@code -Dflink.crd=FILE} sets the operator's own. */
  static Schema ofFlinkDeployment() throws IOException {
    String theirs = System.getProperty("flink.crd");
    return new Schema(
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

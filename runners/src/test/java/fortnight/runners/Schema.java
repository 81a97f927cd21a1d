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
 * What a file for other programs has to look like: by the schema in a file that a system property
 * names, or else by the description of what is used of it, in our own words.
 */
final class Schema {
  private static final Path OURS = Path.of("src/test/resources/fortnight/runners");

  private final JsonSchema schema;

  private Schema(JsonNode schema) {
    // The specification's own has an $id that is none without a place to start from.
    this.schema =
        JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(SchemaLocation.of("https://localhost/schema.json"), schema);
  }

  /** Of a compose file; {@code -Dcompose.schema=FILE} gives the specification's own. */
  static Schema ofCompose() throws IOException {
    String theirs = System.getProperty("compose.schema");
    return new Schema(
        theirs == null
            ? Yaml.read(OURS.resolve("compose-schema.json"))
            : Yaml.read(Path.of(theirs)));
  }

  /** Of a FlinkDeployment's spec; {@code -Dflink.crd=FILE} gives the operator's own. */
  static Schema ofFlinkDeployment() throws IOException {
    String theirs = System.getProperty("flink.crd");
    return new Schema(
        theirs == null
            ? Yaml.read(OURS.resolve("flink-deployment-schema.json"))
            : closed(
                Yaml.read(Path.of(theirs))
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec")));
  }

  /** What does not fit, in sentences; empty if all does. */
  List<String> problemsOf(JsonNode document) {
    return schema.validate(document).stream().map(ValidationMessage::getMessage).sorted().toList();
  }

  /** Kubernetes drops fields that it does not know, and a slip would go unnoticed. */
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

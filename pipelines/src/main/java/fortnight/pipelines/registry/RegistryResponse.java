package fortnight.pipelines.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.transforms.avro.AvroData;
import fortnight.transforms.avro.MalformedAvroException;
import java.io.IOException;
import org.apache.avro.Schema;

/** The JSON object with which a registry answers the request for a schema. */
record RegistryResponse(JsonNode json) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Parses a response.
   *
   * @throws IOException if it is not JSON
   */
  static RegistryResponse parse(byte[] body) throws IOException {
    return new RegistryResponse(MAPPER.readTree(body));
  }

  boolean hasSchema() {
    return json.path("schema").isTextual();
  }

  /** Whether the registry describes an error; a proxy in front of it answers in another way. */
  boolean hasErrorCode() {
    return json.has("error_code");
  }

  /**
   * Parses the schema.
   *
   * @param id the id of the schema, for messages
   * @throws MalformedAvroException if it is not an Avro schema
   */
  Schema avroSchema(int id) throws MalformedAvroException {
    String subject = "has the schema id " + id;
    String type = json.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new MalformedAvroException(subject + ", which is of the type " + type);
    }
    if (!json.path("references").isEmpty()) {
      throw new MalformedAvroException(
          subject + ", which refers to other schemas; that is not supported");
    }
    try {
      return AvroData.parseSchema(json.path("schema").textValue());
    } catch (MalformedAvroException e) {
      throw new MalformedAvroException(subject + ", and " + e.getMessage());
    }
  }
}

package fortnight.pipelines.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.pipelines.rows.JsonObject;
import fortnight.pipelines.rows.ResultRow;
import fortnight.pipelines.rows.RowSchema;
import fortnight.pipelines.rows.RowSchema.Column;
import fortnight.pipelines.rows.RowSchema.Presence;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A row with its schema, {@code {"schema": …, "payload": …}}, as Kafka Connect's JsonConverter
 * reads it with {@code schemas.enable=true}.
 *
 * <p>Times are milliseconds since 1970 as if the local times were in UTC. Exact numbers are
 * numbers, which JsonConverter reads as well as Base64. Values of dimensions are strings.
 */
public final class ConnectFormat implements MessageFormat {
  private static final long serialVersionUID = 1;

  private static final String TIMESTAMP = "org.apache.kafka.connect.data.Timestamp";
  private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";

  /** Changes when columns of the same name get another meaning. */
  private static final int SCHEMA_VERSION = 1;

  /** The version that Connect requires for its logical types. */
  private static final int LOGICAL_VERSION = 1;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectWriter WRITER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build().writer();

  private final RowSchema schema;

  /** The schema as JSON, which is the same in all messages. */
  private final String schemaJson;

  public ConnectFormat(RowSchema schema) {
    this.schema = schema;
    this.schemaJson = text(struct(schema));
  }

  @Override
  public byte[] value(ResultRow row) {
    return ("{\"schema\":" + schemaJson + ",\"payload\":" + text(payload(row)) + "}")
        .getBytes(UTF_8);
  }

  /** The name is also valid as the full name of an Avro record. */
  private static ObjectNode struct(RowSchema schema) {
    ObjectNode struct = NODES.objectNode().put("type", "struct");
    ArrayNode fields = struct.putArray("fields");
    schema.columns().forEach(column -> fields.add(field(column)));
    return struct
        .put("optional", false)
        .put("name", "fortnight." + schema.title().replace('-', '_'))
        .put("version", SCHEMA_VERSION);
  }

  private static ObjectNode field(Column column) {
    ObjectNode field =
        switch (column.type()) {
          case TEXT, VALUE -> type("string");
          case TIME -> logical("int64", TIMESTAMP);
          case COUNT -> type("int64");
          case RATIO -> type("double");
          case FLAG -> type("boolean");
          case AMOUNT -> {
            ObjectNode decimal = logical("bytes", DECIMAL);
            decimal.putObject("parameters").put("scale", Integer.toString(column.decimals()));
            yield decimal;
          }
        };
    return field
        .put("optional", isOptional(column))
        .put("field", column.name())
        .put("doc", column.description());
  }

  private static ObjectNode type(String type) {
    return NODES.objectNode().put("type", type);
  }

  private static ObjectNode logical(String type, String name) {
    return type(type).put("name", name).put("version", LOGICAL_VERSION);
  }

  private static boolean isOptional(Column column) {
    return column.type() == RowSchema.Type.VALUE
        || column.presence() == Presence.OR_NULL
        || column.presence() == Presence.OR_ABSENT;
  }

  private ObjectNode payload(ResultRow row) {
    ObjectNode values = JsonObject.parse(row.json());
    ObjectNode payload = NODES.objectNode();
    for (Column column : schema.columns()) {
      JsonNode value = values.path(column.name());
      boolean isNull = value.isNull() || value.isMissingNode();
      payload.set(column.name(), isNull ? NODES.nullNode() : value(column, value));
    }
    return payload;
  }

  private static JsonNode value(Column column, JsonNode value) {
    return switch (column.type()) {
      case VALUE -> NODES.textNode(value.asText());
      case TIME ->
          NODES.numberNode(
              LocalDateTime.parse(value.textValue()).toInstant(ZoneOffset.UTC).toEpochMilli());
      // Outliers of units can have fewer decimals than the column.
      case AMOUNT -> DecimalNode.valueOf(value.decimalValue().setScale(column.decimals()));
      case TEXT, COUNT, RATIO, FLAG -> value;
    };
  }

  private static String text(ObjectNode json) {
    try {
      return WRITER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("writing to a string", e);
    }
  }
}

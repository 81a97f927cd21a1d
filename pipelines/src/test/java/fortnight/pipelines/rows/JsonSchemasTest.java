package fortnight.pipelines.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.common.Analysis;
import fortnight.pipelines.rows.RowSchema.Column;
import fortnight.pipelines.rows.RowSchema.Presence;
import fortnight.transforms.Pane;
import fortnight.transforms.RejectReason;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes the JSON Schemas of rows in docs/schemas from {@link RowSchema}, and tests that the files
 * are equal. {@code -Dschemas.write=true} writes them.
 */
class JsonSchemasTest {
  private static final Path DIRECTORY = Path.of("..", "docs", "schemas");
  private static final String SUFFIX = ".schema.json";

  /** The schemas that are written by hand: files of the simulator. */
  private static final List<String> OTHERS = List.of("catalog", "truth");

  /** Stands for the name of any dimension, in titles and in columns. */
  private static final String DIMENSION = "dimension";

  private static final RecordFormat WITHOUT_OPTIONAL_FIELDS =
      RecordFormat.parse("id=a,time=b,item=c[].d,quantity=c[].e,by.dimension=c[].f");

  private static final RecordFormat WITH_ALL_FIELDS =
      RecordFormat.parse("id=a,time=b,item=c[].d,price=c[].e,currency=f,by.dimension=g");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static List<String> titles() {
    return Stream.concat(
            Stream.concat(
                    Analysis.present(true, List.of(DIMENSION)).stream(),
                    Analysis.onRequest().stream())
                .map(Analysis::title),
            Stream.of(Analysis.DEAD_LETTERS))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("titles")
  void isTheFileOfTheDocumentation(String title) throws IOException {
    Path file = DIRECTORY.resolve(title + SUFFIX);
    String schema = JSON.writeValueAsString(schema(title)).replace("\" : ", "\": ") + "\n";

    if (Boolean.getBoolean("schemas.write")) {
      Files.writeString(file, schema);
    }

    assertThat(file).hasContent(schema);
  }

  @Test
  void thereAreNoOtherFiles() throws IOException {
    List<String> names =
        Stream.concat(titles().stream(), OTHERS.stream()).map(title -> title + SUFFIX).toList();

    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  private static ObjectNode schema(String title) {
    Map<String, Column> all = columns(title, WITH_ALL_FIELDS);
    Map<String, Column> always = columns(title, WITHOUT_OPTIONAL_FIELDS);
    ObjectNode schema =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("$id", "urn:fortnight:schema:" + title)
            .put("title", title)
            .put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (Column column : all.values()) {
      if (!column.name().equals(DIMENSION)) {
        properties.set(column.name(), property(column));
        if (always.containsKey(column.name()) && column.presence() != Presence.OR_ABSENT) {
          required.add(column.name());
        }
      }
    }
    if (all.containsKey(DIMENSION)) {
      addDimension(schema, all.get(DIMENSION));
    }
    if (title.equals(Analysis.DEAD_LETTERS)) {
      schema.putObject("not").putArray("required").add("payload").add("payload_base64");
    }
    return schema.put("additionalProperties", false);
  }

  private static Map<String, Column> columns(String title, RecordFormat format) {
    RowSchema schema =
        Analysis.titled(title)
            .map(analysis -> RowSchema.of(analysis, format))
            .orElseGet(RowSchema::ofDeadLetters);
    Map<String, Column> columns = new LinkedHashMap<>();
    schema.columns().forEach(column -> columns.put(column.name(), column));
    return columns;
  }

  /** A row has one field with the value of a dimension: any field beside the others. */
  private static void addDimension(ObjectNode schema, Column dimension) {
    List<String> others = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(others::add);
    ObjectNode value = property(dimension);
    value.put("description", "The value of the dimension, the field has its name");
    schema
        .putObject("patternProperties")
        .set("^(?!(" + String.join("|", others) + ")$)[a-z][a-z0-9_]*$", value);
    ArrayNode withoutValue = schema.putObject("not").putObject("propertyNames").putArray("enum");
    others.stream()
        .filter(name -> !name.equals(Analysis.fieldOf(Analysis.PRODUCT)))
        .forEach(withoutValue::add);
    schema.put("maxProperties", withoutValue.size() + 1);
  }

  private static ObjectNode property(Column column) {
    ObjectNode property = JsonNodeFactory.instance.objectNode();
    switch (column.type()) {
      case TEXT -> property.put("type", "string");
      case VALUE -> {
        ArrayNode types = property.putArray("type").add("string").add("integer");
        if (!column.name().equals(Analysis.fieldOf(Analysis.PRODUCT))) {
          types.add("null");
        }
      }
      case TIME ->
          property
              .put("type", "string")
              .put("pattern", "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?$");
      case COUNT -> {
        property.put("type", "integer");
        if (!column.name().equals("change")) {
          property.put("minimum", 0);
        }
      }
      case AMOUNT -> property.put("type", "number");
      case RATIO -> {
        if (column.presence() == Presence.OR_NULL) {
          property.putArray("type").add("number").add("null");
        } else {
          property.put("type", "number");
        }
      }
      case FLAG -> property.put("const", true);
    }
    switch (column.name()) {
      case "pane" ->
          addConstants(
              property,
              Stream.of(Pane.values()).filter(pane -> column.description().contains(pane.name())));
      case "direction" -> addConstants(property, Stream.of("up", "down"));
      case "reason" -> addConstants(property, Arrays.stream(RejectReason.values()));
      default -> {}
    }
    return property.put("description", column.description());
  }

  private static void addConstants(ObjectNode property, Stream<?> constants) {
    ArrayNode all = property.putArray("enum");
    constants.map(String::valueOf).forEach(all::add);
  }
}

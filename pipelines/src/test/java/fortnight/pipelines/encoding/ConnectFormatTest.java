package fortnight.pipelines.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.common.Analysis;
import fortnight.pipelines.kafka.TopicOutput;
import fortnight.pipelines.options.RetailConfig;
import fortnight.pipelines.rows.JsonObject;
import fortnight.pipelines.rows.ResultRow;
import fortnight.pipelines.rows.RowSchema;
import fortnight.pipelines.rows.RowSchema.Column;
import fortnight.transforms.Scope;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka Connect's JsonConverter reads the messages. */
class ConnectFormatTest {
  private final JsonConverter converter = new JsonConverter();

  @TempDir Path directory;

  @BeforeEach
  void requiresSchemas() {
    converter.configure(Map.of("schemas.enable", true), false);
  }

  @AfterEach
  void closes() {
    converter.close();
  }

  @Test
  void eachRowIsAStructWithTheValuesOfItsJson() throws IOException {
    Path output = PricedSales.run(directory);

    for (Analysis analysis : PricedSales.analyses()) {
      RowSchema schema = RowSchema.of(analysis, PricedSales.format());
      List<String> rows = Files.readAllLines(output.resolve(analysis + ".jsonl"));
      assertThat(rows).as(analysis.title()).isNotEmpty();
      for (String row : rows) {
        assertThat(values(struct(schema, row), schema)).isEqualTo(expected(row, schema));
      }
    }
  }

  @Test
  void fieldsHaveTheTypesOfTheColumns() {
    Schema store =
        struct(
                RowSchema.of(Analysis.revenueChangeBy("store"), PricedSales.format()),
                """
                {"previous_start":"2023-01-02T00:00:00","current_start":"2023-01-09T00:00:00","current_end":"2023-01-16T00:00:00","store":7,"currency":"EUR","previous":0.000,"current":16225927682921317863009.000,"change":16225927682921317863009.000,"ratio":null,"pane":"ON_TIME","version":2}""")
            .schema();

    assertThat(store.name()).isEqualTo("fortnight.store_revenue_change");
    assertThat(store.version()).isEqualTo(1);
    assertThat(store.fields())
        .extracting(Field::name)
        .startsWith("previous_start", "current_start");
    assertThat(store.field("current_end").schema())
        .isEqualTo(Timestamp.builder().doc("The end of the current period, exclusive").build());
    assertThat(store.field("current").schema())
        .isEqualTo(Decimal.builder(3).doc("Revenue in the current period").build());
    assertThat(store.field("store").schema().type()).isEqualTo(Schema.Type.STRING);
    assertThat(store.field("store").schema().isOptional()).isTrue();
    assertThat(store.field("currency").schema().isOptional()).isFalse();
    assertThat(store.field("ratio").schema().type()).isEqualTo(Schema.Type.FLOAT64);
    assertThat(store.field("ratio").schema().isOptional()).isTrue();
    assertThat(store.field("version").schema().type()).isEqualTo(Schema.Type.INT64);
  }

  @Test
  void numbersOfUnitsHaveTheDecimalsOfTheColumnAmongOutliersOfRevenue() {
    Struct row =
        struct(
            RowSchema.of(Analysis.OUTLIERS, PricedSales.format()),
            """
            {"analysis":"product-volume-change","direction":"up","previous_start":"2023-01-02T00:00:00","current_start":"2023-01-09T00:00:00","current_end":"2023-01-16T00:00:00","item_id":5,"currency":"EUR","previous":1.0,"current":18014398509481982.0,"change":18014398509481981.0,"ratio":1.8E16,"pane":"ON_TIME","version":2}""");

    assertThat(row.get("current")).isEqualTo(new BigDecimal("18014398509481982.000"));
    assertThat(row.get("item_id")).isEqualTo("5");
    assertThat(row.get("store")).isNull();
  }

  @Test
  void deadLettersHaveNoSchema() {
    RetailConfig config =
        RetailConfig.parse(
            "--input=kafka://localhost:9092/sales",
            "--output=kafka://localhost:9092/shop.",
            "--rowEnvelope=connect");

    assertThat(((TopicOutput) config.results()).topics().values())
        .extracting(TopicOutput.ResultTopic::format)
        .hasOnlyElementsOfType(ConnectFormat.class);
    assertThat(((TopicOutput) config.rejected()).topics().get(Analysis.DEAD_LETTERS).format())
        .isEqualTo(MessageFormat.JSON);
  }

  /** What a message costs; the documentation has the figure. */
  @Test
  void aMessageIsAboutTwoKilobytes() {
    RowSchema schema = RowSchema.of(Analysis.VOLUME_CHANGE, PricedSales.format());
    String row =
        """
        {"previous_start":"2023-01-02T00:00:00","current_start":"2023-01-09T00:00:00","current_end":"2023-01-16T00:00:00","currency":"EUR","previous":0,"current":1,"change":1,"ratio":null,"pane":"ON_TIME","version":2}""";
    String message =
        new String(new ConnectFormat(schema).value(row(schema.title(), "", row)), UTF_8);

    assertThat(message)
        .startsWith("{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",")
        .endsWith(
            "\"payload\":{\"previous_start\":1672617600000,\"current_start\":1673222400000,"
                + "\"current_end\":1673827200000,\"currency\":\"EUR\",\"previous\":0,\"current\":1,"
                + "\"change\":1,\"ratio\":null,\"pane\":\"ON_TIME\",\"version\":2}}")
        .hasSizeBetween(1_400, 2_000);
  }

  private Struct struct(RowSchema schema, String json) {
    byte[] message = new ConnectFormat(schema).value(row(schema.title(), "", json));
    return (Struct) converter.toConnectData("topic", message).value();
  }

  private static ResultRow row(String title, String key, String json) {
    return new ResultRow.StoredRow(title, "", 0, Scope.SHOP, "on_time", key, json);
  }

  /** The values of a struct as text, so that decimals are compared with their scale. */
  private static List<String> values(Struct struct, RowSchema schema) {
    struct.validate();
    return schema.columns().stream()
        .map(column -> column.name() + " " + String.valueOf(struct.get(column.name())))
        .toList();
  }

  private static List<String> expected(String row, RowSchema schema) {
    ObjectNode values = JsonObject.parse(row);
    return schema.columns().stream()
        .map(column -> column.name() + " " + expected(column, values.path(column.name())))
        .toList();
  }

  private static Object expected(Column column, JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "null";
    }
    return switch (column.type()) {
      case TEXT, VALUE -> value.asText();
      case TIME -> Date.from(LocalDateTime.parse(value.textValue()).toInstant(ZoneOffset.UTC));
      case COUNT -> value.longValue();
      case AMOUNT -> new BigDecimal(value.asText()).setScale(column.decimals());
      case RATIO -> value.doubleValue();
      case FLAG -> value.booleanValue();
    };
  }
}

package fortnight.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.common.Analysis;
import fortnight.pipelines.ContractCase;
import fortnight.pipelines.rows.JsonObject;
import fortnight.pipelines.rows.RowSchema;
import fortnight.pipelines.rows.RowSchema.Column;
import fortnight.pipelines.rows.RowSchema.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the contract have the columns of their schemas. */
class ExpectedRowsTest {
  @TempDir Path directory;

  static List<ContractCase> cases() throws IOException {
    return ContractCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void haveTheColumnsOfTheirSchema(ContractCase contractCase) throws IOException {
    RetailConfig config = RetailConfig.parse(contractCase.args(directory).toArray(String[]::new));
    List<String> titles = new ArrayList<>(List.of(Analysis.DEAD_LETTERS));
    config.analyses().forEach(analysis -> titles.add(analysis.title()));

    for (String title : titles) {
      RowSchema schema = config.schema(title);
      assertThat(schema.title()).isEqualTo(title);
      for (String row : Files.readAllLines(contractCase.expected().resolve(title + ".jsonl"))) {
        assertHasColumns(JsonObject.parse(row), schema);
      }
    }
  }

  private static void assertHasColumns(ObjectNode row, RowSchema schema) {
    List<String> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      JsonNode value = row.get(column.name());
      if (value != null || column.presence() != Presence.OR_ABSENT) {
        columns.add(column.name());
        assertThat(value != null && isOf(column, value)).as(column.name() + " of " + row).isTrue();
      }
    }
    assertThat(row.fieldNames()).toIterable().containsExactlyElementsOf(columns);
  }

  private static boolean isOf(Column column, JsonNode value) {
    if (value.isNull()) {
      return column.presence() == Presence.OR_NULL || column.type() == RowSchema.Type.VALUE;
    }
    return switch (column.type()) {
      case TEXT, TIME -> value.isTextual();
      case VALUE -> value.isTextual() || value.isIntegralNumber();
      case COUNT -> value.isIntegralNumber() && value.canConvertToLong();
      case AMOUNT -> value.isNumber() && value.decimalValue().scale() == column.decimals();
      case RATIO -> value.isNumber();
      case FLAG -> value.isBoolean();
    };
  }
}

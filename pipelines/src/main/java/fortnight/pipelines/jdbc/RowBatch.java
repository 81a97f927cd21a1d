package fortnight.pipelines.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.common.Analysis;
import fortnight.pipelines.jdbc.ResultTable.Column;
import fortnight.pipelines.rows.JsonObject;
import fortnight.pipelines.rows.ResultRow;
import fortnight.transforms.Id;
import fortnight.transforms.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Rows of one table, as texts by column, that one statement writes. */
final class RowBatch {
  private static final String PAYLOAD = "payload";
  private static final String BASE64 = "payload_base64";

  private final ResultTable table;
  private final List<List<@Nullable String>> values;

  RowBatch(ResultTable table) {
    this.table = table;
    values =
        table.columns().stream().<List<@Nullable String>>map(column -> new ArrayList<>()).toList();
  }

  void add(ResultRow row) {
    ObjectNode fields = JsonObject.parse(row.json());
    encodePayloadWithNul(fields);
    for (int i = 0; i < values.size(); i++) {
      values.get(i).add(value(table.columns().get(i), fields, row.scope()));
    }
  }

  /**
   * Inserts the rows, or updates those of the same keys that are not later.
   *
   * @param target the table in SQL
   */
  void upsert(Connection connection, String target) throws SQLException {
    String sql = new TableSql(table).upsertParameters(target);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        Array texts = connection.createArrayOf("text", values.get(i).toArray());
        statement.setArray(i + 1, texts);
      }
      statement.executeUpdate();
    }
  }

  /** PostgreSQL stores no NUL, and redriven records must have the same bytes. */
  private static void encodePayloadWithNul(ObjectNode fields) {
    JsonNode payload = fields.get(PAYLOAD);
    if (payload != null && payload.textValue().indexOf(0) >= 0) {
      fields.remove(PAYLOAD);
      fields.put(BASE64, Base64.getEncoder().encodeToString(payload.textValue().getBytes(UTF_8)));
    }
  }

  private static @Nullable String value(Column column, ObjectNode fields, Scope scope) {
    return switch (column.origin()) {
      case FIELD -> text(column, fields.get(column.name()));
      case VALUE -> isOf(column, scope) ? readable(scope.value()) : null;
      case VALUE_KEY -> RowKey.of(scope.value() == null ? "" : JsonObject.text(scope.value()));
      case SOURCE_KEY -> RowKey.of(fields.get("source").textValue());
    };
  }

  private static boolean isOf(Column column, Scope scope) {
    return column.name().equals(Analysis.fieldOf(scope.dimension()));
  }

  private static @Nullable String readable(@Nullable Id value) {
    return value == null || value.isNull() ? null : RowKey.readable(value.text());
  }

  private static @Nullable String text(Column column, @Nullable JsonNode field) {
    if (field == null || field.isNull()) {
      return null;
    }
    return switch (column.type()) {
      case AMOUNT -> field.decimalValue().toPlainString();
      // Years after 9999, such as that of the end of the last window, have a sign in ISO 8601.
      case TIME -> field.textValue().replaceFirst("^\\+", "");
      case TEXT, VALUE -> RowKey.readable(field.textValue());
      case COUNT, RATIO, FLAG -> field.asText();
    };
  }
}

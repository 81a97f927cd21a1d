package fortnight.runners;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of tables and of files in one form, sorted, so that they can be compared. */
final class TableRows {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}.*");

  private static final Pattern END = Pattern.compile("\\b(?:window|current)_end=([^,}]+)");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private TableRows() {}

  /** The table of an analysis. */
  static String table(String analysis) {
    return analysis.replace('-', '_');
  }

  /** The rows of a table, without the columns that rows in JSON do not have. */
  static List<String> inTable(TestPostgres server, String database, String table)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData columns = row.getMetaData();
      while (row.next()) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String name = columns.getColumnName(i);
          String value =
              switch (columns.getColumnType(i)) {
                case Types.TIMESTAMP -> row.getObject(i, LocalDateTime.class).toString();
                case Types.NUMERIC -> row.getBigDecimal(i).toPlainString();
                default -> row.getString(i);
              };
          if (value != null && !name.endsWith("_key")) {
            values.put(name, name.equals("ratio") ? ratio(value) : value);
          }
        }
        rows.add(values.toString());
      }
    }
    rows.sort(null);
    return rows;
  }

  /** Rows in JSON. */
  static List<String> ofJson(Collection<String> lines) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      Map<String, String> values = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : JSON.readTree(line).properties()) {
        JsonNode value = field.getValue();
        if (!value.isNull()) {
          values.put(field.getKey(), text(field.getKey(), value));
        }
      }
      rows.add(values.toString());
    }
    rows.sort(null);
    return rows;
  }

  /** The rows of a table that a stream writes, of the weeks that it closes. */
  static Set<String> closedRows(TestPostgres server, String analysis, Shop shop) throws Exception {
    LocalDateTime last = LocalDateTime.parse(shop.lastWeek());
    Set<String> closed = new TreeSet<>();
    for (String row : withoutPanes(inTable(server, "postgres", table(analysis)))) {
      Matcher end = END.matcher(row);
      if (end.find() && !LocalDateTime.parse(end.group(1)).isAfter(last)) {
        closed.add(row);
      }
    }
    return closed;
  }

  /** The rows that the tables of a stream have for the weeks that it closes. */
  static Set<String> expectedRows(String analysis, Shop shop) throws IOException {
    return new TreeSet<>(withoutPanes(ofJson(shop.closedRows(analysis))));
  }

  /** Rows without the field that differs between a stream and a file. */
  static List<String> withoutPanes(List<String> rows) {
    return rows.stream().map(row -> row.replaceFirst("pane=[A-Z_]+, ", "")).sorted().toList();
  }

  private static String text(String name, JsonNode value) {
    if (name.equals("ratio")) {
      return ratio(value.asText());
    }
    if (value.isTextual() && TIME.matcher(value.textValue()).matches()) {
      return LocalDateTime.parse(value.textValue()).toString();
    }
    return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
  }

  private static String ratio(String text) {
    return Double.toString(new BigDecimal(text).doubleValue());
  }
}

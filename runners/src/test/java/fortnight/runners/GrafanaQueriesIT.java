package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries of the dashboard of PostgreSQL, with values in place of Grafana's variables. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GrafanaQueriesIT {
  private static final Path DASHBOARD =
      Path.of("..", "docs", "grafana", "fortnight-postgresql.json");

  @TempDir private static Path directory;

  private static ShopTables shop;

  @BeforeAll
  static void writeTables() throws Exception {
    shop = ShopTables.start(directory);
  }

  @AfterAll
  static void stopServer() {
    if (shop != null) {
      shop.close();
    }
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelHasRows(String sql) throws Exception {
    assertThat(query(sql, "store")).as(sql).isNotEmpty();
    assertThat(query(sql, "product")).as(sql).isNotEmpty();
  }

  @Test
  void theVariablesHaveTheSchemaAndTheDimensions() throws Exception {
    List<String> queries =
        dashboard().at("/templating/list").findValues("definition").stream()
            .map(JsonNode::textValue)
            .toList();

    assertThat(query(queries.get(0), "")).containsExactly("public");
    assertThat(query(queries.get(1), "")).containsExactly("product", "sales_channel", "store");
    assertThat(query(queries.get(2), "product")).containsExactly("item_id");
    assertThat(query(queries.get(2), "store")).containsExactly("store");
    assertThat(queries).hasSize(3);
  }

  static Stream<String> panels() throws Exception {
    return dashboard().findValues("rawSql").stream().map(JsonNode::textValue);
  }

  private static JsonNode dashboard() throws Exception {
    return new ObjectMapper().readTree(DASHBOARD.toFile());
  }

  private static List<String> query(String sql, String dimension) throws Exception {
    String replaced =
        sql.replace("$schema", "public")
            .replaceAll("\\$\\{?dimension\\b}?", dimension)
            .replaceAll("\\$\\{?column\\b}?", dimension.equals("product") ? "item_id" : dimension)
            .replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 BETWEEN '2022-01-01' AND '2022-12-31'");
    assertThat(replaced.replace("_volume$'", "")).doesNotContain("$");
    return shop.server().query("shop", replaced);
  }
}

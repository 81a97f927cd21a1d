package fortnight.benchmarks.checks;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.RetailAnalytics;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB reads CSV files of results with the types of their columns. */
class CsvInDuckDbIT {
  private static final Path INPUT =
      Path.of("..", "testdata", "contract", "bad-price", "input.jsonl");

  @TempDir private static Path directory;

  @BeforeAll
  static void analyze() {
    int status =
        RetailAnalytics.run(
            "--input=" + INPUT,
            "--output=" + directory,
            "--outputFormat=csv",
            "--format=id=id,time=at,item=lines[].sku,quantity=lines[].n,price=lines[].price,"
                + "currency=currency,by.store=store");
    assertThat(status).isZero();
  }

  @Test
  void findsTheTypesOfColumns() throws SQLException {
    assertThat(types("weekly-volume.csv"))
        .containsEntry("window_start", "TIMESTAMP")
        .containsEntry("currency", "VARCHAR")
        .containsEntry("transactions", "BIGINT")
        .containsEntry("units", "BIGINT")
        .containsEntry("revenue", "DOUBLE")
        .containsEntry("first_transaction", "TIMESTAMP")
        .containsEntry("version", "BIGINT");
    assertThat(types("store-volume.csv")).containsEntry("store", "BIGINT");
  }

  @Test
  void readsExactDecimals() throws SQLException {
    String file = "read_csv('%s', types = {'revenue': 'DECIMAL(38, 2)'})";
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet sum =
            statement.executeQuery(
                "SELECT sum(revenue) FROM "
                    + file.formatted(directory.resolve("weekly-volume.csv")))) {
      assertThat(sum.next()).isTrue();
      assertThat(sum.getBigDecimal(1)).isEqualTo(new BigDecimal("-12.50"));
    }
  }

  private static Map<String, String> types(String file) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "DESCRIBE FROM read_csv('%s')".formatted(directory.resolve(file)))) {
      while (columns.next()) {
        types.put(columns.getString("column_name"), columns.getString("column_type"));
      }
    }
    return types;
  }
}

package fortnight.benchmarks.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import org.apache.spark.sql.SparkSession;

/**
 * Runs {@code spark.sql}, which computes all analyses from the JSON file, on an embedded Spark with
 * two threads.
 */
public final class SparkSql {
  private SparkSql() {}

  /** Arguments: the file to read, the directory to write. */
  public static void main(String[] args) throws IOException {
    String sql = sql().replace("INPUT", quoted(args[0])).replace("OUTPUT", quoted(args[1]));
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate()) {
      for (String statement : sql.split(";", -1)) {
        if (!statement.isBlank()) {
          session.sql(statement);
        }
      }
    }
  }

  private static String quoted(String path) {
    return path.replace("\\", "\\\\").replace("'", "\\'");
  }

  private static String sql() throws IOException {
    try (InputStream text = SparkSql.class.getResourceAsStream("spark.sql")) {
      return new String(text.readAllBytes(), UTF_8);
    }
  }
}

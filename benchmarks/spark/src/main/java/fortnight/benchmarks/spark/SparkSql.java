package fortnight.benchmarks.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * Runs {@code spark.sql}, which computes all analyses from the JSON file, on an embedded Spark with
 * two threads.
 */
public final class SparkSql {
  private static final Pattern PATH = Pattern.compile("INPUT|OUTPUT");

  private SparkSql() {}

  /** Arguments: the file to read, the directory to write. */
  public static void main(String[] args) throws IOException {
    Map<String, String> paths = Map.of("INPUT", quoted(args[0]), "OUTPUT", quoted(args[1]));
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate()) {
      // Split first: a path can contain a semicolon.
      for (String statement : sql().split(";", -1)) {
        if (!statement.isBlank()) {
          session.sql(withPaths(statement, paths));
        }
      }
    }
  }

  /** Replaces all names at once: a path can contain one. */
  private static String withPaths(String statement, Map<String, String> paths) {
    return PATH
        .matcher(statement)
        .replaceAll(name -> Matcher.quoteReplacement(paths.get(name.group())));
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

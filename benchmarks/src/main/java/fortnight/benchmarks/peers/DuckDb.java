package fortnight.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs {@code duckdb.sql}, which computes all analyses from the JSON file. */
public final class DuckDb {
  private DuckDb() {}

  /** Arguments: the file to read, the directory to write. */
  public static void main(String[] args) throws IOException, SQLException {
    Files.createDirectories(Path.of(args[1]));
    String sql = sql().replace("INPUT", quoted(args[0])).replace("OUTPUT", quoted(args[1]));
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String path) {
    return path.replace("'", "''");
  }

  private static String sql() throws IOException {
    try (InputStream text = DuckDb.class.getResourceAsStream("duckdb.sql")) {
      return new String(text.readAllBytes(), UTF_8);
    }
  }
}

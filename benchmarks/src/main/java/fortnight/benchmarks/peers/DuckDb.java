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

/** The questions in SQL, over the JSON file as it stands; {@code duckdb.sql} is the whole of it. */
public final class DuckDb {
  private DuckDb() {}

  /** Reads the first argument, a file, and writes to the second, a directory. */
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

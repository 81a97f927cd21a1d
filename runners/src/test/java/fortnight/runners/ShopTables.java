package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Results of a shop with prices, currencies, stores and channels, which a bounded run writes to
 * tables of a server. There are rows of every kind: items and stores of both types and without a
 * value, and outliers in both directions.
 */
final class ShopTables implements AutoCloseable {
  private static final String SHOP = "shop";

  private static final String FORMAT =
      "--format=id=id,time=t,item=lines[].i,quantity=lines[].q,price=lines[].p,currency=c,"
          + "by.store=s,by.sales_channel=ch";

  private static final String LONG_ITEM = "\"" + "x".repeat(600) + "\"";

  private static final List<String> SALES =
      List.of(
          sale(0, "2021-12-30", "EUR", "7", "\"a\"", 1, "2.50"),
          sale(1, "2022-01-03", "EUR", "7", "\"a\"", 1, "2.50"),
          sale(2, "2022-01-04", "EUR", "\"7\"", "7", 40, "0.10"),
          sale(3, "2022-01-05", "USD", "null", "\"7\"", 3, "9999999.99"),
          sale(4, "2022-01-11", "EUR", "7", "\"a\"", 30, "2.25"),
          sale(5, "2022-01-12", "EUR", "\"7\"", "7", 2, "0.10"),
          sale(6, "2022-01-13", "USD", "null", LONG_ITEM, 2, "1"),
          sale(7, "2022-01-14", "EUR", "\"\\\\ \\\"ä\"", "\"a\\u0000b\"", 2, "1.05"),
          sale(8, "2022-01-18", "EUR", "7", "\"a\"", 3, "2.00"),
          sale(9, "2022-01-19", "USD", "8", LONG_ITEM, 6, "1.50"),
          sale(10, "2022-01-25", "EUR", "7", "\"a\"", 4, "2.00"),
          "{\"id\": 11, \"t\": \"never\"}");

  private final Path directory;
  private final TestPostgres server;

  private ShopTables(Path directory, TestPostgres server) {
    this.directory = directory;
    this.server = server;
  }

  /** Starts a server and writes the tables, or skips the test if there is none. */
  static ShopTables start(Path directory) throws Exception {
    ShopTables tables = new ShopTables(directory, TestPostgres.start());
    tables.server.execute("postgres", "CREATE DATABASE " + SHOP);
    tables.run("--output=" + tables.server.address(SHOP), tables.config());
    return tables;
  }

  /** Creates a database with the tables, and executes statements in it. */
  void copyTo(String database, String... statements) throws Exception {
    server.execute("postgres", "CREATE DATABASE " + database + " TEMPLATE " + SHOP);
    server.execute(database, statements);
  }

  /** Writes the same results to files; returns their directory. */
  Path writeFiles() throws Exception {
    Path output = directory.resolve("files");
    run("--output=" + output);
    return output;
  }

  TestPostgres server() {
    return server;
  }

  /** The flag with the login of the superuser. */
  String config() throws IOException {
    return config("postgres", TestPostgres.PASSWORD);
  }

  /** The flag with the login of a user. */
  String config(String user, String password) throws IOException {
    return TestPostgres.configFlag(directory.resolve(user), user, password);
  }

  @Override
  public void close() {
    server.close();
  }

  private void run(String... flags) throws IOException {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--input=" + Files.write(directory.resolve("sales.jsonl"), SALES));
    args.add(FORMAT);
    args.add("--analyses=all,outliers");
    PipelineRun run = PipelineRun.of(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
  }

  private static String sale(
      int id, String day, String currency, String store, String item, int units, String price) {
    return """
        {"id": %d, "t": "%sT12:00:00.5", "c": "%s", "s": %s, "ch": "%s", \
        "lines": [{"i": %s, "q": %d, "p": %s}]}"""
        .formatted(id, day, currency, store, id % 2 == 0 ? "web" : "shop", item, units, price);
  }
}

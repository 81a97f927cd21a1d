package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a database is reported before the run, in one sentence. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TableChecksIT {
  private static final String USER_PASSWORD = "user-password-4711";
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static TestPostgres server;

  @TempDir private Path directory;

  @BeforeAll
  static void startServer() throws Exception {
    server = TestPostgres.start();
    server.execute(
        "postgres",
        "CREATE DATABASE shop",
        "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    server.execute(
        "shop",
        "CREATE ROLE analyst LOGIN PASSWORD '" + USER_PASSWORD + "'",
        "CREATE SCHEMA locked",
        "CREATE SCHEMA readable",
        "GRANT USAGE ON SCHEMA readable TO analyst",
        "CREATE SCHEMA retail AUTHORIZATION analyst");
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theServer() throws Exception {
    assertThat(error("postgresql://localhost:1/shop"))
        .isEqualTo(
            "postgresql://localhost:1/shop: nothing listens at localhost:1; check that PostgreSQL"
                + " runs there");
    assertThat(error("postgresql://no-such-host.invalid:5432/shop"))
        .isEqualTo("postgresql://no-such-host.invalid:5432/shop: unknown host; check the address");
    assertThat(error(server.address("absent")))
        .isEqualTo(
            server.address("absent")
                + ": the database does not exist; create it, or correct its name");
    assertThat(error(server.address("latin")))
        .isEqualTo(
            server.address("latin")
                + ": the encoding of the database is not UTF8; use one that has it");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "localhost:" + silent.getLocalPort();
      assertThat(error("postgresql://" + address + "/shop"))
          .isEqualTo(
              "postgresql://%1$s/shop: the server does not answer; check that PostgreSQL runs at %1$s"
                  .formatted(address));
    }
  }

  @Test
  void theLogin() throws Exception {
    String wrong = TestPostgres.configFlag(directory.resolve("wrong"), "analyst", "wrong-4711");

    assertThat(run(server.address("shop"), wrong))
        .isEqualTo(
            "%s: the server rejects the login; check user, password and sslmode in %s"
                .formatted(server.address("shop"), wrong));
    assertThat(run(server.address("shop"), "--analyses=all"))
        .endsWith(
            ": the server rejects the login; check user, password and sslmode in --jdbcConfig");
  }

  @Test
  void theSchema() throws Exception {
    assertThat(errorInSchema("absent"))
        .isEqualTo("there is no schema absent; create it, or correct ?schema=absent");
    assertThat(errorInSchema("locked"))
        .isEqualTo("the user may not use schema locked; grant it USAGE");
    assertThat(errorInSchema("readable"))
        .isEqualTo("the user may not create tables in schema readable; grant it CREATE");
  }

  @Test
  void theTables() throws Exception {
    assertThat(PipelineRun.of(flags(server.address("shop") + "?schema=retail", login())).status())
        .isZero();

    server.execute("shop", "DELETE FROM retail.weekly_volume");
    assertThat(errorAfter("ALTER TABLE retail.weekly_volume DROP COLUMN units"))
        .startsWith("table retail.weekly_volume has no column units; drop or rename it");
    assertThat(
            errorAfter(
                "ALTER TABLE retail.weekly_volume ADD COLUMN units integer NOT NULL DEFAULT 0"))
        .startsWith("table retail.weekly_volume: column units is integer, not numeric; drop");
    assertThat(
            errorAfter(
                "ALTER TABLE retail.weekly_volume ALTER COLUMN units TYPE numeric",
                "ALTER TABLE retail.weekly_volume ADD COLUMN revenue numeric NOT NULL"))
        .startsWith(
            "table retail.weekly_volume has a column that rows of this run do not have: revenue;");
    assertThat(
            errorAfter(
                "ALTER TABLE retail.weekly_volume ALTER COLUMN revenue DROP NOT NULL",
                "ALTER TABLE retail.weekly_volume DROP CONSTRAINT weekly_volume_pkey"))
        .startsWith("table retail.weekly_volume has another primary key; drop or rename it");
    assertThat(
            errorAfter(
                "ALTER TABLE retail.weekly_volume RENAME TO other",
                "CREATE VIEW retail.weekly_volume AS SELECT * FROM retail.other"))
        .startsWith("retail.weekly_volume is not a table; drop or rename it");
    assertThat(
            errorAfter(
                "DROP VIEW retail.weekly_volume",
                "ALTER TABLE retail.volume_change OWNER TO postgres",
                "GRANT SELECT, INSERT, UPDATE ON retail.volume_change TO analyst"))
        .isEqualTo(
            "the user lacks the right to DELETE in table retail.volume_change; grant it DELETE");
  }

  private String errorAfter(String... statements) throws Exception {
    server.execute("shop", statements);
    return errorInSchema("retail");
  }

  private String errorInSchema(String schema) throws Exception {
    String address = server.address("shop");
    return error(address + "?schema=" + schema).replaceFirst("^" + address + ": ", "");
  }

  private String error(String address) throws IOException {
    return run(address, login());
  }

  /** Returns the error of a run, which must be one line. */
  private String run(String address, String flag) throws IOException {
    long start = System.nanoTime();
    PipelineRun run = PipelineRun.of(flags(address, flag));

    assertThat(run.status()).as(run.err()).isOne();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    assertThat(run.err()).doesNotContain("4711");
    List<String> lines = run.err().lines().toList();
    assertThat(lines).hasSize(1);
    return lines.get(0).replaceFirst("^fortnight: ", "");
  }

  private String[] flags(String address, String flag) throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("in.jsonl"),
            "{\"transaction_id\": 1, \"timestamp\": \"2022-01-03T00:00:00\", \"line_items\": []}\n");
    return new String[] {"--input=" + input, "--output=" + address, flag};
  }

  private String login() throws IOException {
    return TestPostgres.configFlag(directory.resolve("jdbc"), "analyst", USER_PASSWORD);
  }
}

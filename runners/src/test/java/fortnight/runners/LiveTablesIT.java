package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.report.Live;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live page of results in tables of a real PostgreSQL, which a bounded run has written. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LiveTablesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

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

  @Test
  void theServerReportsAnOutageAndContinuesAfterIt() throws Exception {
    TestPostgres server = shop.server();
    shop.copyTo("outage");
    String revenue =
        "SELECT revenue FROM weekly_volume WHERE currency = 'EUR' ORDER BY window_start DESC";
    List<String> revenues = server.query("outage", revenue);
    try (JarProcess live = live("outage")) {
      String address = live.awaitLine("Live page at ");
      await(() -> hasRevenue(address, revenues.get(0)));
      assertThat(LiveRequests.metrics(address).lines())
          .contains(
              "fortnight_up 1",
              "fortnight_dimension_units{dimension=\"store\",value=\"7\",value_type=\"integer\","
                  + "window=\"closed\",currency=\"EUR\"} 4",
              "fortnight_dead_letters{reason=\"BAD_TIMESTAMP\"} 1");
      assertThat(LiveRequests.status(address))
          .contains("\"problem\":null", "{\"name\":\"public.weekly_volume\",\"rows\":8}");

      server.execute(
          "outage",
          "DELETE FROM weekly_volume"
              + " WHERE window_start = (SELECT max(window_start) FROM weekly_volume)");
      await(() -> hasRevenue(address, revenues.get(1)));

      server.stop();
      await(() -> LiveRequests.metrics(address).contains("\nfortnight_up 0\n"));
      assertThat(LiveRequests.status(address))
          .containsPattern(
              "\"problem\":\"PostgreSQL at "
                  + server.server()
                  + " is not available: [^\"]+; a job that writes to it waits, and continues when it"
                  + " is available\"");

      server.restart();
      server.execute("outage", "UPDATE weekly_volume SET revenue = 47.11, version = 1000");
      await(() -> hasRevenue(address, "47.11"));
      assertThat(LiveRequests.metrics(address)).contains("\nfortnight_up 1\n");
      assertThat(LiveRequests.status(address)).contains("\"problem\":null");
      assertThat(live.errors()).isEmpty();
    }
  }

  @Test
  void thePageShowsRowsAndRemovesThem() throws Exception {
    shop.copyTo("page");
    try (JarProcess live = live("page");
        LiveBrowser browser = LiveBrowser.start()) {
      browser.open(live.awaitLine("Live page at "));
      browser.await("fortnight.rows.volumes.length === 5");
      browser.await( // The status is the event after that of the rows.
          "document.querySelector('#tables').textContent.includes('public.store_revenue_change')");
      assertThat(browser.text("#connection")).startsWith("Live");
      assertThat(browser.text("#stream")).doesNotContain("Partitions");
      assertThat(browser.text("#rejected-note"))
          .isEqualTo(
              "1 record is not a valid transaction. The table of dead letters contains all of"
                  + " them.");

      shop.server()
          .execute(
              "page",
              "DELETE FROM weekly_volume WHERE currency = 'EUR' AND window_start > '2022-01-16'");
      browser.await("fortnight.rows.volumes.length === 3");
      assertThat(browser.consoleMessages()).isEmpty();
    }
  }

  @Test
  void failuresAreReportedInOneSentence() throws Exception {
    TestPostgres server = shop.server();
    server.execute(
        "postgres", "CREATE DATABASE empty", "CREATE ROLE guest LOGIN PASSWORD 'guest-4711'");
    String guest = shop.config("guest", "guest-4711");
    String wrong = shop.config("stranger", "wrong-4711");
    String address = server.address("shop");

    assertFails(
        server.address("empty")
            + ": schema public has no table of a result, such as weekly_volume; start the pipeline"
            + " first, or use its --output",
        server.address("empty"),
        shop.config());
    assertFails(
        address + ": the server rejects the login; check user, password and sslmode in " + wrong,
        address,
        wrong);
    assertFails(
        address
            + ": permission denied for table dead_letters (SQLSTATE 42501); grant the user USAGE on"
            + " the schema and, on its tables, SELECT to read, or SELECT, INSERT, UPDATE and DELETE"
            + " to write",
        address,
        guest);
    assertFails(
        "postgresql://localhost:1/shop: nothing listens at localhost:1; check that PostgreSQL runs"
            + " there",
        "postgresql://localhost:1/shop",
        guest);
  }

  private static void assertFails(String sentence, String address, String config) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream messages = new PrintStream(errors, true, UTF_8);
    int status = new Live().execute(System.out, messages, "--input=" + address, config, "--port=0");

    assertThat(errors.toString(UTF_8)).isEqualTo("fortnight: " + sentence + "\n");
    assertThat(status).isOne();
  }

  private static JarProcess live(String database) throws IOException {
    return JarProcess.server(
        directory,
        Live.class,
        "--port=0",
        "--input=" + shop.server().address(database),
        shop.config());
  }

  private static boolean hasRevenue(String address, String revenue) throws Exception {
    return LiveRequests.metrics(address)
        .contains("\nfortnight_revenue{window=\"closed\",currency=\"EUR\"} " + revenue + "\n");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(BETWEEN_LOOKS).until(condition);
  }
}

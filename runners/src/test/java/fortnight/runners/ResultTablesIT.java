package fortnight.runners;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import fortnight.common.Analysis;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.JdbcConfig;
import fortnight.report.page.PageData;
import fortnight.report.rows.MalformedRows;
import fortnight.report.rows.RunResults;
import fortnight.report.tables.ResultTables;
import fortnight.report.tables.Snapshot;
import fortnight.report.tables.Snapshot.Unreadable;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables in a real PostgreSQL that a bounded run has written, read as the live page does. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ResultTablesIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

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
  void rowsHaveTheValuesOfTheFiles() throws Exception {
    Path files = shop.writeFiles();
    RunResults expected = new RunResults(true);
    for (Analysis analysis : Analysis.present(true, List.of("store", "sales_channel"))) {
      read(files, analysis.title(), expected);
    }
    read(files, Analysis.DEAD_LETTERS, expected);

    try (ResultTables tables = tables("shop")) {
      RunResults found = tables.read().changed();

      assertThat(json(found)).isEqualTo(json(expected));
      assertThat(found.malformed()).isEmpty();
      assertThat(found.outliers().orElseThrow().counts(found.tables()).values())
          .containsExactlyInAnyOrderElementsOf(latestOutliers(files));
    }
  }

  @Test
  void aWeekCanEndAfterTheYear9999() throws Exception {
    shop.copyTo(
        "far",
        "UPDATE weekly_volume SET window_start = '9999-12-27', window_end = '10000-01-03'"
            + " WHERE currency = 'USD' AND window_start = '2022-01-17'");

    try (ResultTables tables = tables("far")) {
      RunResults results = tables.read().changed();

      assertThat(results.malformed()).isEmpty();
      assertThat(results.table(Analysis.WEEKLY_VOLUME).starts())
          .endsWith(LocalDateTime.of(9999, 12, 27, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli());
    }
  }

  @Test
  void aRowThatIsNotOfThePipelineIsMalformed() throws Exception {
    shop.copyTo(
        "malformed",
        "UPDATE weekly_volume SET revenue = 'NaN'"
            + " WHERE currency = 'USD' AND window_start = '2022-01-17'",
        "ALTER TABLE dead_letters DROP COLUMN payload_base64");

    try (ResultTables tables = tables("malformed")) {
      Snapshot snapshot = tables.read();

      assertThat(snapshot.titles()).contains("weekly-volume").doesNotContain("dead-letters");
      assertThat(snapshot.changed().table(Analysis.WEEKLY_VOLUME).size()).isEqualTo(7);
      assertThat(snapshot.changed().malformed())
          .singleElement()
          .satisfies(
              rows -> {
                MalformedRows.Sample sample = rows.samples().get(0);
                assertThat(rows.count()).isOne();
                assertThat(sample.error()).isEqualTo("cannot be read: NumberFormatException");
                assertThat(sample.text()).contains("window_start=2022-01-17", "revenue=NaN");
              });
    }
  }

  @Test
  void tablesThatCannotBeReadDoNotAffectTheOthers() throws Exception {
    // For each row that the user reads, the policy sleeps.
    shop.copyTo(
        "unreadable",
        "CREATE ROLE analyst LOGIN PASSWORD 'analyst-4711'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO analyst",
        "REVOKE SELECT ON product_volume FROM analyst",
        "ALTER TABLE weekly_volume ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY slow ON weekly_volume USING (pg_sleep(1) IS NOT NULL)");
    Database database = database("unreadable", "analyst", "analyst-4711");
    try (ResultTables tables = new ResultTables(database, Duration.ofSeconds(2), DAY)) {
      Snapshot snapshot = tables.read();

      assertThat(snapshot.unreadable())
          .containsExactly(
              new Unreadable(
                  "product-volume",
                  "public.product_volume",
                  "public.product_volume cannot be read: permission denied for table product_volume"
                      + " (SQLSTATE 42501); grant the user USAGE on the schema and, on its tables,"
                      + " SELECT to read, or SELECT, INSERT, UPDATE and DELETE to write"),
              new Unreadable(
                  "weekly-volume",
                  "public.weekly_volume",
                  "reading public.weekly_volume takes longer than 2 s; delete rows of old periods"));
      assertThat(snapshot.problem().orElseThrow())
          .endsWith("DELETE to write; cannot be read either: public.weekly_volume");
      assertThat(snapshot.titles()).contains("weekly-volume", "product-volume", "store-volume");
      assertThat(snapshot.rowsRead())
          .containsKeys("volume-change", "store-volume", "dead-letters")
          .doesNotContainKeys("weekly-volume", "product-volume");
      assertThat(snapshot.changed().tables())
          .doesNotContainKeys(Analysis.WEEKLY_VOLUME, Analysis.PRODUCT_VOLUME);

      shop.server()
          .execute(
              "unreadable",
              "GRANT SELECT ON product_volume TO analyst",
              "DROP POLICY slow ON weekly_volume",
              "CREATE POLICY fast ON weekly_volume USING (true)");
      snapshot = tables.read();
      assertThat(snapshot.problem()).isEmpty();
      assertThat(snapshot.rowsRead()).containsOnlyKeys("weekly-volume", "product-volume");
    }
  }

  @Test
  void aTableThatIsLockedKeepsItsRows() throws Exception {
    shop.copyTo("locked");
    try (Connection writer = shop.server().connect("locked");
        Statement statement = writer.createStatement();
        ResultTables tables = new ResultTables(database("locked"), MINUTE, DAY)) {
      Snapshot before = tables.read();
      writer.setAutoCommit(false);
      statement.execute("LOCK TABLE weekly_volume");

      Snapshot snapshot = tables.read();

      assertThat(snapshot.problem())
          .contains("another session has locked public.weekly_volume; the next read tries again");
      assertThat(snapshot.tables()).isEqualTo(before.tables());
      writer.rollback();
      snapshot = tables.read();
      assertThat(snapshot.problem()).isEmpty();
      assertThat(snapshot.rowsRead()).isEmpty();
    }
  }

  @Test
  void allTablesAreReadAgainAfterTheMaximumAge() throws Exception {
    shop.copyTo("aged");
    try (ResultTables tables = new ResultTables(database("aged"), MINUTE, Duration.ZERO)) {
      Snapshot first = tables.read();

      assertThat(tables.read().rowsRead()).isEqualTo(first.rowsRead()).isNotEmpty();
    }
  }

  @Test
  void onlyTablesThatChangedAreReadAgain() throws Exception {
    shop.copyTo("changed");
    TestPostgres server = shop.server();
    try (ResultTables tables = new ResultTables(database("changed"), MINUTE, DAY)) {
      Set<String> all = tables.read().rowsRead().keySet();
      assertThat(all).contains("sales_channel-volume-change", "dead-letters", "outliers");
      assertThat(tables.read().rowsRead()).isEmpty();

      server.execute(
          "changed",
          "UPDATE weekly_volume SET revenue = revenue",
          "DELETE FROM store_volume WHERE store = '8'",
          "ALTER TABLE sales_channel_volume ADD COLUMN note text",
          "CREATE TABLE warehouse_volume (id bigint)",
          "ALTER TABLE outliers RENAME TO old_outliers");

      Snapshot snapshot = tables.read();
      assertThat(snapshot.rowsRead())
          .containsOnlyKeys("weekly-volume", "store-volume", "sales_channel-volume");
      assertThat(snapshot.titles()).hasSize(all.size() - 1).doesNotContain("warehouse-volume");
      server.execute("changed", "ALTER TABLE old_outliers RENAME TO outliers");
      assertThat(tables.read().rowsRead()).containsOnlyKeys("outliers");
    }
  }

  private static ResultTables tables(String database) throws IOException {
    return new ResultTables(database(database));
  }

  private static Database database(String name) throws IOException {
    return database(name, "postgres", TestPostgres.PASSWORD);
  }

  private static Database database(String name, String user, String password) throws IOException {
    String file = shop.config(user, password).replace("--jdbcConfig=", "");
    return new Database(DatabaseAddress.parse(shop.server().address(name)), new JdbcConfig(file));
  }

  private static void read(Path files, String title, RunResults results) throws IOException {
    try (Reader rows = Files.newBufferedReader(files.resolve(title + ".jsonl"))) {
      results.read(title, rows);
    }
  }

  /** The numbers of outliers of the latest window, by analysis and direction. */
  private static Collection<Long> latestOutliers(Path files) throws IOException {
    List<String> rows = Files.readAllLines(files.resolve("outliers.jsonl"));
    List<String> starts = ResultRows.values("current_start", rows);
    String latest = starts.get(starts.size() - 1);
    return rows.stream()
        .filter(row -> row.contains("\"current_start\":\"" + latest + "\""))
        .map(row -> row.replaceFirst("(.*\"direction\":\"\\w+\").*", "$1"))
        .collect(
            groupingBy(row -> row.replaceAll("\"\\w+_(start|end)\":\"[^\"]*\",?", ""), counting()))
        .values();
  }

  private static String json(RunResults results) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = PageData.generator(text)) {
      json.writeStartObject();
      new PageData(results).writeTo(json);
      json.writeEndObject();
    }
    return text.toString();
  }
}

package fortnight.runners;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import fortnight.common.Analysis;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.JdbcConfig;
import fortnight.report.page.PageData;
import fortnight.report.rows.MalformedRows;
import fortnight.report.rows.RunResults;
import fortnight.report.tables.ResultTables;
import fortnight.report.tables.ResultTables.Snapshot;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLTimeoutException;
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
  @TempDir private static Path directory;

  private static TestPostgres server;

  @BeforeAll
  static void writeTables() throws Exception {
    server = TestPostgres.start();
    server.execute("postgres", "CREATE DATABASE shop");
    ShopTables.write(server, "shop", directory);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void rowsHaveTheValuesOfTheFiles() throws Exception {
    Path files = ShopTables.writeFiles(directory);
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
    copyTables("far");
    server.execute(
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
    copyTables("malformed");
    server.execute(
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
  void aTableThatCannotBeReadInTimeIsReported() throws Exception {
    copyTables("slow");
    Database database = database("slow");
    try (Connection writer = server.connect("slow");
        Statement statement = writer.createStatement();
        ResultTables tables = new ResultTables(database, Duration.ofSeconds(1))) {
      writer.setAutoCommit(false);
      statement.execute("LOCK TABLE weekly_volume");

      assertThatThrownBy(tables::read)
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessage(
              database.address()
                  + ": reading public.weekly_volume takes longer than 1 s; delete rows of old"
                  + " periods");
    }
  }

  @Test
  void onlyTablesThatChangedAreReadAgain() throws Exception {
    copyTables("changed");
    try (ResultTables tables = tables("changed")) {
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

  private static void copyTables(String database) throws Exception {
    server.execute("postgres", "CREATE DATABASE " + database + " TEMPLATE shop");
  }

  private static ResultTables tables(String database) {
    return new ResultTables(database(database));
  }

  private static Database database(String name) {
    return new Database(
        DatabaseAddress.parse(server.address(name)),
        new JdbcConfig(directory.resolve("jdbc.properties").toString()));
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

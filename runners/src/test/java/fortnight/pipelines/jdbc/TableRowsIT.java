package fortnight.pipelines.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.Analysis;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.JdbcConfig;
import fortnight.pipelines.rows.ResultRow;
import fortnight.pipelines.rows.RowSchema;
import fortnight.runners.TestPostgres;
import fortnight.transforms.Id;
import fortnight.transforms.Scope;
import fortnight.transforms.formats.RecordFormat;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which rows remain when rows of the same key are written several times. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TableRowsIT {
  private static final Instant FIRST = Instant.parse("2022-01-03T00:00:00Z");
  private static final String ROWS =
      "SELECT value_key || ' ' || version || ' ' || pane FROM product_volume ORDER BY 1";

  @TempDir private static Path directory;

  private static TestPostgres server;
  private static TableOutput stream;

  @BeforeAll
  static void createTable() throws Exception {
    server = TestPostgres.start();
    Path file = directory.resolve("jdbc.properties");
    TestPostgres.configFlag(file, "postgres", TestPostgres.PASSWORD);
    stream =
        TableOutput.ofStream(
            new Database(
                DatabaseAddress.parse(server.address("postgres")), new JdbcConfig(file.toString())),
            List.of(RowSchema.of(Analysis.PRODUCT_VOLUME, RecordFormat.fortnight())));
    stream.check();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void deleteRows() throws Exception {
    server.execute("postgres", "DELETE FROM product_volume");
  }

  @Test
  void theLargestVersionRemainsInWhateverOrder() throws Exception {
    List<ResultRow> rows =
        List.of(row("a", 1, "EARLY"), row("a", 3, "LATE"), row("a", 2, "ON_TIME"));

    for (List<Integer> order :
        List.of(List.of(0, 1, 2), List.of(1, 0, 2), List.of(2, 1, 0), List.of(1, 2, 0))) {
      deleteRows();
      for (int i : order) {
        write(rows.get(i));
      }
      assertThat(rows()).containsExactly("\"a\" 3 LATE");
    }
  }

  @Test
  void ofEqualVersionsTheLatestPaneRemains() throws Exception {
    write(row("a", 3, "ON_TIME"));
    write(row("a", 3, "EARLY"));
    write(row("b", 3, "ON_TIME"));
    write(row("b", 3, "LATE"));

    assertThat(rows()).containsExactly("\"a\" 3 ON_TIME", "\"b\" 3 LATE");
  }

  @Test
  void aBatchMayContainAKeySeveralTimes() throws Exception {
    write(row("a", 2, "EARLY"), row("b", 1, "EARLY"), row("a", 3, "ON_TIME"), row("a", 3, "EARLY"));

    assertThat(rows()).containsExactly("\"a\" 3 ON_TIME", "\"b\" 1 EARLY");
  }

  @Test
  void aReplacementIsDoneOnceEvenIfItIsRepeated() throws Exception {
    write(row("old", 9, "ON_TIME"));
    TableOutput run = run("run");
    run.prepare();
    stage(run, row("new", 1, "ON_TIME"));
    stage(run, row("new", 1, "ON_TIME")); // A bundle that was repeated.

    commit(run);
    assertThat(rows()).containsExactly("\"new\" 1 ON_TIME");

    stage(run, row("new", 1, "ON_TIME")); // The runner repeats the job.
    write(row("later", 1, "ON_TIME"));
    commit(run);
    assertThat(rows()).containsExactly("\"later\" 1 ON_TIME", "\"new\" 1 ON_TIME");

    run.cleanUp();
    assertThatThrownBy(() -> commit(run)).hasMessageContaining("was dropped; run it again");
    assertThat(rows()).hasSize(2);
  }

  @Test
  void twoReplacementsDoNotMix() throws Exception {
    TableOutput first = run("first");
    TableOutput second = run("second");
    first.prepare();
    second.prepare();
    stage(first, row("a", 5, "ON_TIME"), row("b", 5, "ON_TIME"));
    stage(second, row("a", 4, "ON_TIME"));

    commit(first);
    commit(second);

    assertThat(rows()).containsExactly("\"a\" 4 ON_TIME");
    first.cleanUp();
    second.cleanUp();
  }

  @Test
  void manyRowsTakeSeconds() throws Exception {
    TableOutput run = run("many");
    run.prepare();
    int parts = 10;
    int size = 10_000;
    for (int part = 0; part < parts; part++) {
      List<ResultRow> rows = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        rows.add(row("item " + (part * size + i), 1, "ON_TIME"));
      }
      stage(run, rows.toArray(ResultRow[]::new));
    }
    commit(run);
    run.cleanUp();

    assertThat(server.query("postgres", "SELECT count(*) FROM product_volume"))
        .containsExactly(Integer.toString(parts * size));
  }

  private static TableOutput run(String id) {
    return stream.replacing(id, Instant.ofEpochMilli(0), Instant.parse("9999-12-31T00:00:00Z"));
  }

  private static void write(ResultRow... rows) throws Exception {
    upsert(table().sql(), rows);
  }

  private static void stage(TableOutput run, ResultRow... rows) throws Exception {
    upsert(run.replacement().staging(table()), rows);
  }

  private static void upsert(String target, ResultRow... rows) throws Exception {
    RowBatch batch = new RowBatch(table());
    List.of(rows).forEach(batch::add);
    try (Connection connection = server.connect("postgres")) {
      batch.upsert(connection, target);
    }
  }

  private static void commit(TableOutput run) {
    try (DatabaseSession session = new DatabaseSession(run.database(), Duration.ofMinutes(1))) {
      session.transaction(
          connection -> run.replacement().commit(connection, run.tables().values(), true));
    }
  }

  private static ResultTable table() {
    return stream.tables().get(Analysis.PRODUCT_VOLUME.title());
  }

  private static List<String> rows() throws Exception {
    return server.query("postgres", ROWS);
  }

  private static ResultRow row(String item, long version, String pane) {
    String json =
        """
        {"window_start":"2022-01-03T00:00:00","window_end":"2022-01-10T00:00:00","item_id":"%s",\
        "line_items":%d,"units":%2$d,"pane":"%s","version":%2$d}"""
            .formatted(item, version, pane);
    return new ResultRow.StoredRow(
        Analysis.PRODUCT_VOLUME.title(),
        "",
        FIRST.getMillis(),
        Scope.of(Id.ofString(item)),
        pane,
        "",
        json);
  }
}

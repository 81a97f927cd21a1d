package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bounded runs write the values of the result files to tables of a real PostgreSQL. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TablesIT {
  private static final String MONEY =
      "--format=id=id,time=t,item=lines[].i,quantity=lines[].q,price=lines[].p,currency=c,by.store=s";

  private static TestPostgres server;
  private static int databases;

  @TempDir private Path directory;

  private String database;

  @BeforeAll
  static void startServer() throws Exception {
    server = TestPostgres.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void createDatabase() throws Exception {
    databases++;
    database = "shop" + databases;
    server.execute("postgres", "CREATE DATABASE " + database);
  }

  @Test
  void theSampleHasTheValuesOfTheFiles() throws Exception {
    String[] flags = {"--analyses=all,weekly-customers,customer-change,outliers"};
    List<String> analyses = new ArrayList<>(ResultRows.ALL_ANALYSES);
    analyses.add("outliers");

    PipelineRun run = toTables(flags);
    Path files = toFiles(flags);

    for (String analysis : analyses) {
      assertThat(table(analysis)).as(analysis).isEqualTo(file(files, analysis));
    }
    assertThat(table("dead-letters")).isEmpty();
    assertThat(run.out())
        .contains("rows  public.weekly_volume in " + server.address(database))
        .doesNotContain(TestPostgres.PASSWORD);
    assertThat(stagingTables()).isEmpty();
    assertThat(
            server.query(
                database,
                "SELECT obj_description('weekly_volume'::regclass) || ', '"
                    + " || col_description('weekly_volume'::regclass, 3)"))
        .containsExactly("Fortnight's analysis weekly-volume, Transactions in the window");
  }

  @Test
  void unusualValuesOfMoneyAndDimensionsHaveTheValuesOfTheFiles() throws Exception {
    String long1 = "x".repeat(1 << 19);
    Path input =
        write(
            sale(1, "2022-01-03", "'); drop table product_volume; --", "1.10", "EUR", "\"a\\\\b\""),
            sale(2, "2022-01-03", "7", "9999999.99", "EUR", "7"),
            sale(3, "2022-01-10", "7", "0.01", "USD", "\"7\""),
            sale(4, "2022-01-10", "a\\u0000b", "3.00", "EUR", "null"),
            sale(5, "2022-01-10", long1 + "1", "2.00", "EUR", "null"),
            sale(6, "2022-01-10", long1 + "2", "2.00", "EUR", "\"t\\tn\\n{\\\"}\""),
            "{\"id\": 7, \"t\": \"never\\u0000\"}",
            "not\0JSON");
    String[] flags = {"--input=" + input, MONEY, "--analyses=all,outliers", "--outlierBelow=0"};

    toTables(flags);
    Path files = toFiles(flags);

    List<Analysis> analyses = new ArrayList<>(Analysis.present(true, List.of("store")));
    analyses.add(Analysis.OUTLIERS);
    for (String analysis : analyses.stream().map(Analysis::title).toList()) {
      List<String> expected =
          file(files, analysis).stream().map(row -> row.replace('\0', '\ufffd')).toList();
      assertThat(table(analysis)).as(analysis).isEqualTo(expected);
    }
    assertThat(server.query(database, "SELECT value_key FROM store_volume ORDER BY 1"))
        .containsExactly("\"7\"", "\"a\\\\b\"", "\"t\\tn\\n{\\\"}\"", "7", "null");
    assertThat(
            server.query(
                database,
                "SELECT item_id || ' ' || value_key FROM product_volume WHERE item_id LIKE 'a%'"))
        .containsExactly("a\ufffdb \"a\\u0000b\"");
    assertThat(
            server.query(
                database,
                "SELECT count(DISTINCT value_key) FROM product_volume"
                    + " WHERE value_key LIKE 'sha256:%' AND length(item_id) > 500000"))
        .containsExactly("2");
    assertThat(
            server.query(
                database,
                "SELECT encode(decode(payload_base64, 'base64'), 'escape') FROM dead_letters"
                    + " WHERE payload IS NULL"))
        .containsExactly("not\\000JSON");
    assertThat(server.query(database, "SELECT count(*) FROM dead_letters")).containsExactly("2");
  }

  @Test
  void anotherRunReplacesTheWindowsOfItsRange() throws Exception {
    String monday = sale(1, "2022-01-03", "a", "1.00", "EUR", "1");
    String second = sale(2, "2022-01-10", "b", "2.00", "EUR", "1");
    String third = sale(3, "2022-01-17", "c", "3.00", "EUR", "1");
    toTables("--input=" + write(monday, second, third), MONEY);
    List<String> changes = table("volume-change");
    List<String> weeks = table("weekly-volume");
    // Of the second week, now another item is known; of the others, less than before.
    Path corrected = write(sale(9, "2022-01-11", "d", "5.00", "EUR", "1"));

    toTables("--input=" + corrected, MONEY, "--from=2022-01-10", "--until=2022-01-17");

    assertThat(server.query(database, "SELECT item_id FROM product_volume ORDER BY window_start"))
        .containsExactly("a", "d", "c");
    assertThat(server.query(database, "SELECT revenue FROM weekly_volume ORDER BY window_start"))
        .containsExactly("1.00", "5.00", "3.00");
    assertThat(table("weekly-volume")).hasSameSizeAs(weeks);
    assertThat(table("volume-change"))
        .as("all comparisons with the second week are partly outside of the range")
        .isEqualTo(changes);

    toTables("--input=" + write(third), MONEY);

    assertThat(server.query(database, "SELECT item_id FROM product_volume")).containsExactly("c");
  }

  @Test
  void rowsRemainIfAllRecordsAreRejected() throws Exception {
    String input = "--input=" + write(sale(1, "2022-01-03", "a", "1.00", "EUR", "1"));
    toTables(input, MONEY);
    List<String> weeks = table("weekly-volume");

    PipelineRun wrong = run(true, input, MONEY.replace("item=lines[].i", "item=lines[].absent"));

    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("nothing was accepted: 1 of 1 records were rejected");
    assertThat(weeks).isNotEmpty().isEqualTo(table("weekly-volume"));
    assertThat(table("dead-letters")).hasSize(1);
  }

  @Test
  void aReaderSeesAllRowsOfARunOrNone() throws Exception {
    Path first = write(Stream.iterate(1, i -> i + 1).limit(40).map(i -> sale(i, 1)));
    Path second = write(Stream.iterate(1, i -> i + 1).limit(40).map(i -> sale(i, 2)));
    toTables("--input=" + first, MONEY);
    Set<String> seen = new TreeSet<>();
    AtomicBoolean isDone = new AtomicBoolean();
    String query =
        "SELECT (SELECT count(*) FROM product_volume) || ' ' || (SELECT sum(units) FROM"
            + " product_volume) || ' ' || (SELECT sum(units) FROM weekly_volume)";
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              try (Connection connection = server.connect(database);
                  Statement statement = connection.createStatement()) {
                while (!isDone.get()) {
                  ResultSet row = statement.executeQuery(query);
                  row.next();
                  seen.add(row.getString(1));
                }
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });

    for (int i = 0; i < 2; i++) {
      toTables("--input=" + second, MONEY);
      toTables("--input=" + first, MONEY);
    }
    isDone.set(true);
    reader.join();

    assertThat(seen).containsExactly("40 40 40", "40 80 80");
  }

  @Test
  void aFailedRunLeavesTheRowsOfTheRunBefore() throws Exception {
    toTables("--input=" + write(sale(1, 1)), MONEY);
    List<String> before = table("product-volume");
    Path damaged = directory.resolve("damaged.jsonl.gz");
    byte[] sample =
        Files.readAllBytes(Path.of("..", "testdata", "sample", "transactions.jsonl.gz"));
    Files.write(damaged, Arrays.copyOf(sample, sample.length / 2));

    PipelineRun run = run(true, "--input=" + damaged);

    assertThat(run.status()).isOne();
    assertThat(table("product-volume")).isEqualTo(before);
    assertThat(stagingTables()).isEmpty();
  }

  @Test
  void deadLettersCanBeAFileOrATable() throws Exception {
    Path input = write("rubbish", sale(1, 1));
    Path letters = directory.resolve("letters.jsonl");
    Path files = directory.resolve("with-table");

    toTables("--input=" + input, MONEY, "--deadLetters=" + letters);
    assertThat(Files.readAllLines(letters)).hasSize(1);
    assertThat(server.query(database, "SELECT to_regclass('dead_letters')"))
        .containsExactly((String) null);

    PipelineRun run =
        PipelineRun.of(
            "--input=" + input,
            MONEY,
            "--output=" + files,
            "--deadLetters=" + server.address(database),
            config());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(server.query(database, "SELECT reason || payload FROM dead_letters"))
        .containsExactly("MALFORMED_JSONrubbish");
  }

  @Test
  void stagingTablesOfKilledRunsAreDroppedAfterADay() throws Exception {
    toTables("--input=" + write(sale(1, 1)), MONEY);
    server.execute(
        database,
        "CREATE TABLE fortnight_staging_old()",
        "CREATE TABLE fortnight_staging_new()",
        "CREATE TABLE fortnight_staging_other()",
        "DO $$ BEGIN EXECUTE format('COMMENT ON TABLE fortnight_staging_old IS ''since %s''',"
            + " now() - interval '25 hours');"
            + " EXECUTE format('COMMENT ON TABLE fortnight_staging_new IS ''since %s''',"
            + " now() - interval '23 hours'); END $$");

    toTables("--input=" + write(sale(1, 1)), MONEY);

    assertThat(stagingTables()).containsExactly("fortnight_staging_new", "fortnight_staging_other");
  }

  private List<String> stagingTables() throws Exception {
    return server.query(
        database, "SELECT relname FROM pg_class WHERE relname LIKE 'fortnight%' ORDER BY 1");
  }

  private PipelineRun toTables(String... flags) throws IOException {
    PipelineRun run = run(true, flags);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private Path toFiles(String... flags) throws IOException {
    PipelineRun run = run(false, flags);
    assertThat(run.status()).as(run.err()).isZero();
    return directory.resolve("out");
  }

  private PipelineRun run(boolean toTables, String... flags) throws IOException {
    List<String> args = new ArrayList<>(List.of(flags));
    if (args.stream().noneMatch(flag -> flag.startsWith("--input="))) {
      args.add("--input=" + Path.of("..", "testdata", "sample", "transactions.jsonl.gz"));
    }
    args.add("--output=" + (toTables ? server.address(database) : directory.resolve("out")));
    if (toTables) {
      args.add(config());
    }
    return PipelineRun.of(args.toArray(String[]::new));
  }

  private String config() throws IOException {
    return TestPostgres.configFlag(
        directory.resolve("jdbc.properties"), "postgres", TestPostgres.PASSWORD);
  }

  private List<String> table(String analysis) throws Exception {
    return TableRows.inTable(server, database, TableRows.table(analysis));
  }

  private static List<String> file(Path output, String analysis) throws IOException {
    return TableRows.ofJson(Files.readAllLines(output.resolve(analysis + ".jsonl")));
  }

  private Path write(String... lines) throws IOException {
    return write(Stream.of(lines));
  }

  private Path write(Stream<String> lines) throws IOException {
    return Files.write(Files.createTempFile(directory, "sales", ".jsonl"), lines.toList());
  }

  private static String sale(int id, int quantity) {
    return "{\"id\": %1$d, \"t\": \"2022-01-03T00:00:00\", \"c\": \"EUR\", \"lines\": [{\"i\": \"item %1$d\", \"q\": %2$d, \"p\": 1}]}"
        .formatted(id, quantity);
  }

  /** A sale of one unit. */
  private static String sale(
      int id, String day, String item, String price, String currency, String store) {
    return "{\"id\": %d, \"t\": \"%sT00:00:00\", \"c\": \"%s\", \"s\": %s, \"lines\": [{\"i\": \"%s\", \"q\": 1, \"p\": %s}]}"
        .formatted(id, day, currency, store, item, price);
  }
}

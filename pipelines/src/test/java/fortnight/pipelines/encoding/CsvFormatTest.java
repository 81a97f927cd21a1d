package fortnight.pipelines.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.TestRun;
import fortnight.pipelines.options.RetailConfig;
import fortnight.pipelines.rows.ResultRow;
import fortnight.transforms.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Result files as CSV. */
class CsvFormatTest {
  @TempDir Path directory;

  @Test
  void nullIsEmptyAndAnEmptyStringIsQuoted() throws IOException {
    Path output = PricedSales.run(directory, "--outputFormat=csv");

    assertThat(output.resolve("store-volume.csv"))
        .hasContent(
            """
            window_start,window_end,store,currency,transactions,line_items,units,revenue,pane,version
            2023-01-02 00:00:00,2023-01-09 00:00:00,7,EUR,1,1,1.5,3.750,ON_TIME,1
            2023-01-02 00:00:00,2023-01-09 00:00:00,7,EUR,1,1,2.0,2.000,ON_TIME,1
            2023-01-09 00:00:00,2023-01-16 00:00:00,,EUR,1,1,-1.0,-2.000,ON_TIME,1
            2023-01-09 00:00:00,2023-01-16 00:00:00,"",USD,1,2,199999999999.8,1999999999997998000000000.002,ON_TIME,2
            """);
  }

  @Test
  void fieldsAreQuotedWhereRfc4180RequiresIt() throws IOException {
    Path output = PricedSales.run(directory, "--outputFormat=csv");

    assertThat(Files.readAllLines(output.resolve("product-volume.csv")))
        .contains(
            "2023-01-02 00:00:00,2023-01-09 00:00:00,=1+1,EUR,1,1.5,3.750,ON_TIME,1",
            "2023-01-02 00:00:00,2023-01-09 00:00:00,\"a,\"\"b\"\"\",EUR,1,2.0,2.000,ON_TIME,1");
    assertThat(Files.readAllLines(output.resolve("weekly-volume.csv")))
        .contains(
            "2023-01-02 00:00:00,2023-01-09 00:00:00,EUR,2,2,3.5,5.750,"
                + "2023-01-02 00:00:00,2023-01-03 09:00:00.500,ON_TIME,2");
  }

  @Test
  void outliersHaveEmptyFieldsForOtherDimensions() throws IOException {
    Path output = PricedSales.run(directory, "--outputFormat=csv");

    assertThat(Files.readAllLines(output.resolve("outliers.csv")).get(0))
        .isEqualTo(
            "analysis,direction,previous_start,current_start,current_end,item_id,store,currency,"
                + "previous,current,change,ratio,pane,version");
    assertThat(Files.readAllLines(output.resolve("outliers.csv")))
        .contains(
            "store-volume-change,down,2023-01-02 00:00:00,2023-01-09 00:00:00,2023-01-16 00:00:00,"
                + ",7,EUR,1.5,0.0,-1.5,0.0,ON_TIME,1");
  }

  @Test
  void everyAnalysisIsCsvAndDeadLettersAreJsonLines() throws IOException {
    Path output = PricedSales.run(directory, "--outputFormat=csv");

    assertThat(TestRun.names(output))
        .hasSize(PricedSales.analyses().size() + 1)
        .contains("dead-letters.jsonl", "weekly-volume.csv", "customer-change.csv")
        .filteredOn(name -> !name.endsWith(".csv"))
        .hasSize(1);
  }

  @Test
  void aResultWithoutRowsHasAHeaderAlone() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("empty.jsonl"),
            "{\"transaction_id\":1,\"timestamp\":\"2023-01-02T09:00\",\"line_items\":[]}\n");
    Path output = directory.resolve("results");

    TestRun run =
        TestRun.of(
            "--input=" + input,
            "--output=" + output,
            "--outputFormat=csv",
            "--analyses=product-volume");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("rows  " + output + "/product-volume.csv");
    assertThat(TestRun.texts(output))
        .isEqualTo(
            Map.of(
                "dead-letters.jsonl",
                "",
                "product-volume.csv",
                "window_start,window_end,item_id,line_items,units,pane,version\n"));
  }

  @Test
  void eachPaneOfAStreamIsAFileWithAHeader() throws IOException {
    Path output = directory.resolve("panes");
    RetailConfig config =
        RetailConfig.parse(
            "--input=kafka://localhost:9092/sales",
            "--output=" + output,
            "--outputFormat=csv",
            "--analyses=product-volume");
    Pipeline pipeline = Pipeline.create(config.options());
    PCollection<ResultRow> rows =
        pipeline.apply(
            Create.timestamped(pane("2023-01-02", "2023-01-09"), pane("2023-01-09", "2023-01-16"))
                .withCoder(ResultRow.coder()));

    rows.setIsBoundedInternal(PCollection.IsBounded.UNBOUNDED)
        .apply("Write", config.results().write());
    pipeline.run().waitUntilFinish();

    Path volumes = output.resolve("product-volume");
    assertThat(TestRun.names(output)).contains("product-volume");
    assertThat(TestRun.names(volumes))
        .hasSize(2)
        .anyMatch(name -> name.matches("2023-01-02T000000-on_time-[0-9a-f]{8}\\.csv"));
    assertThat(TestRun.texts(volumes).values())
        .contains(
            """
            window_start,window_end,item_id,line_items,units,pane,version
            2023-01-02 00:00:00,2023-01-09 00:00:00,7,1,2,ON_TIME,1
            """);
  }

  private static TimestampedValue<ResultRow> pane(String start, String end) {
    Instant time = Instant.parse(start + "T00:00:00Z");
    String json =
        "{\"window_start\":\"%sT00:00:00\",\"window_end\":\"%sT00:00:00\",\"item_id\":7,"
                .formatted(start, end)
            + "\"line_items\":1,\"units\":2,\"pane\":\"ON_TIME\",\"version\":1}";
    return TimestampedValue.of(
        new ResultRow.StoredRow(
            "product-volume", "", time.getMillis(), Scope.SHOP, "on_time", "", json),
        time);
  }
}

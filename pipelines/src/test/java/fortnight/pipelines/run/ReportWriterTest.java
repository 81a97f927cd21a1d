package fortnight.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run leaves its report when its results stand, and none when it fails. */
class ReportWriterTest {
  private static final Path SAMPLE = Path.of("..", "testdata", "sample");

  @TempDir private Path directory;

  private Path input;
  private Path output;
  private Path page;

  @BeforeEach
  void hasAnInput() throws IOException {
    input =
        Files.writeString(
            directory.resolve("sales.jsonl"), sale("2022-12-26") + sale("2023-01-02") + "{}\n");
    output = directory.resolve("out");
    page = directory.resolve("report.html");
  }

  @Test
  void showsResultsAndRejectedRecordsAndNames() throws IOException {
    Path catalog =
        Files.writeString(
            directory.resolve("catalog.jsonl"), "{\"item_id\":7,\"name\":\"Dog Leash\"}\n");

    TestRun run = run("--report=" + page, "--catalog=" + catalog);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("\nreport .*report.html, made in \\d+\\.\\d seconds\n");
    assertThat(Files.readString(page))
        .contains("\"weekly-volume\":{\"rows\":2,", "[\"7\",true,\"Dog Leash\"]")
        .contains("{\"reason\":\"MISSING_FIELD\",\"count\":1,");
    assertThat(TestRun.names(directory))
        .containsExactly("catalog.jsonl", "out", "report.html", "sales.jsonl");
  }

  @Test
  void isTheSamePageForTheSameInput() throws IOException {
    List<String> pages = new ArrayList<>();
    for (int parallelism : List.of(1, 4)) {
      TestRun run =
          TestRun.of(
              "--input=" + SAMPLE.resolve("transactions.jsonl.gz"),
              "--output=" + output,
              "--catalog=" + SAMPLE.resolve("catalog.jsonl"),
              "--report=" + page,
              "--targetParallelism=" + parallelism);
      assertThat(run.status()).as(run.err()).isZero();
      pages.add(Files.readString(page));
    }

    assertThat(pages.get(0)).isEqualTo(pages.get(1)).contains("Dog Leash");
  }

  @Test
  void leavesOutWhatIsNotAskedFor() throws IOException {
    run("--report=" + page, "--analyses=volume-change");

    assertThat(Files.readString(page))
        .contains("\"volume-change\":{\"rows\":2,")
        .doesNotContain("\"weekly-volume\":{");
  }

  @Test
  void showsARunInWhichNothingWasAccepted() throws IOException {
    Files.writeString(input, "{}\n");

    TestRun run = run("--report=" + page);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was accepted");
    assertThat(Files.readString(page)).contains("{\"reason\":\"MISSING_FIELD\",\"count\":1,");
  }

  @Test
  void isAbsentWhenTheRunFails() throws IOException {
    Path cut = Files.write(directory.resolve("cut.jsonl.gz"), new byte[] {31, -117, 8, 0});

    TestRun run = TestRun.of("--input=" + cut, "--output=" + output, "--report=" + page);

    assertThat(run.status()).isEqualTo(1);
    assertThat(page).doesNotExist();
    assertThat(TestRun.names(directory)).containsExactly("cut.jsonl.gz", "out", "sales.jsonl");
  }

  @Test
  void isOneWhenThePageCannotBeWritten() throws IOException {
    TestRun run = run("--report=" + input + "/report.html");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("fortnight: cannot write " + input).hasLineCount(1);
    assertThat(TestRun.names(output)).isEmpty();
  }

  @Test
  void refusesAllThatCannotBeShown() throws IOException {
    assertThat(refused("--report=" + directory)).startsWith("--report=" + directory + ": is a dir");
    assertThat(refused("--report=")).startsWith("--report=: the path is empty");
    assertThat(refused("--report=kafka://localhost:9092/report")).startsWith("--report=kafka:");
    assertThat(refused("--report=" + page, "--catalog=absent.jsonl", "--every=often"))
        .contains("--catalog=absent.jsonl: does not exist", "--every=often");
    assertThat(refused("--catalog=" + input)).contains("--catalog: ", "--report");
    assertThat(refused("--report=" + input)).contains("would overwrite a file that this run reads");
    assertThat(refused("--report=" + page, "--deadLetters=" + page))
        .contains("another result is written there");
    assertThat(refused("--report=" + output.resolve("weekly-volume.jsonl")))
        .contains("another result is written there");
    assertThat(input).content().startsWith(sale("2022-12-26"));
  }

  @Test
  void refusesTopicsThatHaveNoEnd() throws IOException {
    TestRun unbounded =
        TestRun.of("--input=kafka://localhost:1/x", "--output=" + output, "--report=" + page);
    TestRun topics =
        TestRun.of("--input=" + input, "--output=kafka://localhost:1/x.", "--report=" + page);

    assertThat(unbounded.status()).isEqualTo(2);
    assertThat(unbounded.err()).startsWith("--report: ").contains("--until").hasLineCount(2);
    assertThat(topics.status()).isEqualTo(2);
    assertThat(topics.err()).startsWith("--report: ").contains("--output").hasLineCount(2);
  }

  private String refused(String... more) throws IOException {
    TestRun run = run(more);
    assertThat(run.status()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).endsWith("See --help.\n");
    assertThat(TestRun.names(output)).isEmpty();
    return run.err();
  }

  private TestRun run(String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--input=" + input);
    args.add("--output=" + output);
    return TestRun.of(args);
  }

  private static String sale(String day) {
    return "{\"transaction_id\":1,\"timestamp\":\"%sT09:00\",".formatted(day)
        + "\"line_items\":[{\"item_id\":7,\"quantity\":1}]}\n";
  }
}

package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unusual combinations of flags and files. */
class UnusualRunsTest {
  @TempDir Path directory;

  private Path input;
  private Path output;

  @BeforeEach
  void hasAnInputAndAnOutput() {
    input = directory.resolve("sales.jsonl");
    output = directory.resolve("out");
  }

  @Test
  void neverWritesOverItsInput() throws IOException {
    String sale = sale("2023-01-02");
    Files.writeString(input, sale);

    TestRun letters = TestRun.of(flags("--deadLetters=" + directory + "/./sales.jsonl"));
    Path result = Files.createDirectory(output).resolve("weekly-volume.jsonl");
    Files.writeString(result, sale);
    TestRun results = TestRun.of("--input=" + result, "--output=" + output);

    assertThat(letters.status()).isEqualTo(2);
    assertThat(letters.err()).contains("would be overwritten by a result");
    assertThat(results.status()).isEqualTo(2);
    assertThat(input).hasContent(sale);
    assertThat(result).hasContent(sale);
  }

  @Test
  void seesItsInputThroughALink() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path result = Files.writeString(data.resolve("weekly-volume.jsonl"), sale("2023-01-02"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), data);

    TestRun run = TestRun.of("--input=" + result, "--output=" + link);

    assertThat(run.status()).isEqualTo(2);
    assertThat(result).hasContent(sale("2023-01-02"));
  }

  @Test
  void tellsEightThousandSilentYearsInSeconds() throws IOException {
    Files.writeString(input, sale("2022-01-03") + sale("9998-12-31"));

    TestRun run = TestRun.of(flags("--analyses=volume-change"));

    assertThat(run.status()).as(run.err()).isZero();
    // From the week of Monday 2022-01-03 to that of 9998-12-28, both counted.
    assertThat(run.count("volume-change")).isEqualTo(416_220);
  }

  @Test
  void takesAnOutputThatLooksLikeAGlob() throws IOException {
    output = directory.resolve("out[1]{a}");
    Files.writeString(input, sale("2023-01-02") + "{}\n");

    TestRun run = TestRun.of(flags());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TestRun.names(output)).hasSize(5).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void handsBackManyLargeRecords() throws IOException {
    String large = "{\"transaction_id\": \"" + "x".repeat(1_000_000) + "\"}\n";
    Files.writeString(input, sale("2023-01-02") + large.repeat(100));

    TestRun run = TestRun.of(flags());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("MISSING_FIELD")).isEqualTo(100);
    assertThat(output.resolve("dead-letters.jsonl")).isRegularFile();
    assertThat(Files.size(output.resolve("dead-letters.jsonl"))).isGreaterThan(100_000_000);
  }

  private static String sale(String date) {
    return "{\"transaction_id\": 1, \"timestamp\": \"" + date + "T09:00\", \"line_items\": []}\n";
  }

  private List<String> flags(String... more) {
    return Stream.concat(Stream.of("--input=" + input, "--output=" + output), Stream.of(more))
        .toList();
  }
}

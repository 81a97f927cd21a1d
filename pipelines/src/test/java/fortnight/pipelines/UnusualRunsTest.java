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
  void takesAnOutputThatLooksLikeAGlob() throws IOException {
    output = directory.resolve("out[1]{a}");
    Files.writeString(input, sale("2023-01-02") + "{}\n");

    TestRun run = TestRun.of(flags());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TestRun.names(output)).hasSize(5).noneMatch(name -> name.startsWith("."));
  }

  private static String sale(String date) {
    return "{\"transaction_id\": 1, \"timestamp\": \"" + date + "T09:00\", \"line_items\": []}\n";
  }

  private List<String> flags(String... more) {
    return Stream.concat(Stream.of("--input=" + input, "--output=" + output), Stream.of(more))
        .toList();
  }
}

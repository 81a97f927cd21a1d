package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with many rows, or with many large dead letters. */
class LargeRunsIT {
  @TempDir Path directory;

  private Path input;
  private Path output;

  @BeforeEach
  void hasAnInputAndAnOutput() {
    input = directory.resolve("sales.jsonl");
    output = directory.resolve("out");
  }

  @Test
  void emitsARowForEachWeekOfEightThousandYearsWithoutSales() throws IOException {
    Files.writeString(input, sale("2022-01-03") + sale("9998-12-31"));

    TestRun run = run("--analyses=volume-change");

    // From the week of Monday 2022-01-03 to that of 9998-12-28, both counted.
    assertThat(run.count("volume-change")).isEqualTo(416_220);
  }

  @Test
  void writesManyLargeDeadLetters() throws IOException {
    String large = "{\"transaction_id\": \"" + "x".repeat(1_000_000) + "\"}\n";
    Files.writeString(input, sale("2023-01-02") + large.repeat(100));

    TestRun run = run();

    assertThat(run.count("MISSING_FIELD")).isEqualTo(100);
    assertThat(output.resolve("dead-letters.jsonl")).isRegularFile();
    assertThat(Files.size(output.resolve("dead-letters.jsonl"))).isGreaterThan(100_000_000);
  }

  private TestRun run(String... more) {
    Stream<String> flags = Stream.of("--input=" + input, "--output=" + output);
    TestRun run = TestRun.of(Stream.concat(flags, Stream.of(more)).toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private static String sale(String date) {
    return "{\"transaction_id\": 1, \"timestamp\": \"" + date + "T09:00\", \"line_items\": []}\n";
  }
}

package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.formats.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A proposed file as the format of an analysis, whose results are known. */
class ProposedAnalysisTest {
  private static final Path FORMATS = Path.of("..", "testdata", "formats");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Preset.class)
  void givesTheResultsOfThePreset(Preset preset) throws IOException {
    Path example = FORMATS.resolve(preset.title());
    Path input = example.resolve(preset == Preset.UCI ? "input.csv" : "input.jsonl");
    List<String> args = new ArrayList<>(Files.readAllLines(example.resolve("args")));
    args.remove("--format=" + preset.title());

    Map<String, String> results = analyze(input, args);

    assertThat(results).isEqualTo(TestRun.texts(example.resolve("expected")));
  }

  @Test
  void givesTheSameResultsForOtherNames() throws IOException {
    Path example = FORMATS.resolve("fortnight");
    Path input = directory.resolve("orders.jsonl");
    String records = Files.readString(example.resolve("input.jsonl"));
    Files.write(
        input,
        records
            .replace("transaction_id", "OrderID")
            .replace("timestamp", "placedAt")
            .replace("customer_id", "buyer")
            .replace("line_items", "Positions")
            .replace("item_id", "SKU")
            .getBytes(UTF_8));
    Map<String, String> expected = TestRun.texts(example.resolve("expected"));

    Map<String, String> results = analyze(input, List.of());

    expected.remove("dead-letters.jsonl");
    assertThat(results.remove("dead-letters.jsonl")).isNotNull();
    assertThat(results).isEqualTo(expected);
  }

  private Map<String, String> analyze(Path input, List<String> args) throws IOException {
    ProposeRun proposed = ProposeRun.of("--input=" + input);
    assertThat(proposed.status()).as(proposed.err()).isZero();
    Path format = Files.writeString(directory.resolve("format.yaml"), proposed.out());
    Path output = directory.resolve("out");
    List<String> all = new ArrayList<>(args);
    all.addAll(List.of("--input=" + input, "--output=" + output, "--format=" + format));

    TestRun run = TestRun.of(all);

    assertThat(run.status()).as(run.err()).isZero();
    return TestRun.texts(output);
  }
}

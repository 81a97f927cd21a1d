package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.Simulate;
import fortnight.transforms.formats.Preset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same transactions in the shape of each preset, through the pipeline. */
class SimulatedFormatsTest {
  @TempDir Path directory;

  @Test
  void allFormatsGiveTheSameBytes() throws IOException {
    Map<String, String> expected = results("fortnight");

    assertThat(expected.get("product-volume.jsonl")).isNotEmpty();
    for (Preset preset :
        EnumSet.complementOf(EnumSet.of(Preset.FORTNIGHT, Preset.STRIPE, Preset.UCI))) {
      assertThat(results(preset.title())).as(preset.title()).isEqualTo(expected);
    }
  }

  /** A charge has no line items, so that only its transactions can be compared. */
  @Test
  void chargesGiveTheSameTransactions() throws IOException {
    assertThat(results("stripe").get("volume-change.jsonl"))
        .isEqualTo(results("fortnight").get("volume-change.jsonl"));
  }

  /** In CSV the ids of products are strings, and times have no seconds. */
  @Test
  void rowsGiveTheSameProducts() throws IOException {
    Map<String, String> expected = results("fortnight");
    Map<String, String> rows = results("uci");

    for (String products : List.of("product-volume.jsonl", "product-volume-change.jsonl")) {
      assertThat(
              rows.get(products).lines().map(row -> row.replaceAll(":\"(\\d+)\"", ":$1")).toList())
          .containsExactlyInAnyOrderElementsOf(expected.get(products).lines().toList());
    }
    assertThat(transactions(rows)).isEqualTo(transactions(expected));
  }

  private static List<String> transactions(Map<String, String> results) {
    return Pattern.compile("\"transactions\":\\d+")
        .matcher(results.get("weekly-volume.jsonl"))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private Map<String, String> results(String format) throws IOException {
    Path input = directory.resolve(format + ".jsonl");
    Path output = directory.resolve(format);
    int status =
        new Simulate()
            .execute(
                System.out,
                System.err,
                "--output=" + input,
                "--format=" + format,
                "--transactions=400",
                "--seed=7");
    assertThat(status).isZero();
    List<String> args = new ArrayList<>(List.of("--input=" + input, "--output=" + output));
    args.add("--format=" + format);

    TestRun run = TestRun.of(args);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("rejected")).isZero();
    return TestRun.texts(output);
  }
}

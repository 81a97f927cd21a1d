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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same transactions in the shape of each preset, through the pipeline. */
class SimulatedFormatsTest {
  @TempDir Path directory;

  @Test
  void allFormatsGiveTheSameBytes() throws IOException {
    Map<String, String> expected = results("fortnight");

    assertThat(expected.get("product-volume.jsonl")).isNotEmpty();
    for (Preset preset : EnumSet.complementOf(EnumSet.of(Preset.FORTNIGHT, Preset.STRIPE))) {
      assertThat(results(preset.title())).as(preset.title()).isEqualTo(expected);
    }
  }

  /** A charge has no line items, so that only its transactions can be compared. */
  @Test
  void chargesGiveTheSameTransactions() throws IOException {
    assertThat(results("stripe").get("volume-change.jsonl"))
        .isEqualTo(results("fortnight").get("volume-change.jsonl"));
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

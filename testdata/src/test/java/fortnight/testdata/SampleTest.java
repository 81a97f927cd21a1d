package fortnight.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The records of some flags do not change: the committed sample, and digests of other seeds. */
class SampleTest {
  private static final List<String> FLAGS =
      List.of("--transactions=20000", "--start=2022-10-03", "--end=2022-12-12");

  @Test
  void isReproducedBySimulate(@TempDir Path folder) throws IOException {
    Path made = folder.resolve("transactions.jsonl");
    Path catalog = folder.resolve("catalog.jsonl");

    SimulateRun run = SimulateRun.of(FLAGS, "--output=" + made, "--catalog=" + catalog);

    assertThat(run).isEqualTo(new SimulateRun(0, ""));
    try (InputStream sample =
        new GZIPInputStream(Files.newInputStream(Path.of("sample/transactions.jsonl.gz")))) {
      assertThat(made).hasBinaryContent(sample.readAllBytes());
    }
    assertThat(catalog).hasSameBinaryContentAs(Path.of("sample/catalog.jsonl"));
  }

  @ParameterizedTest
  @CsvSource({
    "--seed=7 --customers=50 --skew=5 --duplicates=0.1 --malformed=0.1,"
        + " ece6517480129859f3f56c70c88f0eab7f60cd24cc00950f60e65950d0412fef",
    "--seed=9223372036854775807 --transactions=30000 --skew=100 --products=41,"
        + " 3f98e043c8721cffccd8f1a60782a182881da07cfc02e2fa7f505e2ea3e2b611"
  })
  void recordsOfOtherSeedsHaveTheirDigest(String flags, String digest, @TempDir Path folder)
      throws IOException {
    Path made = folder.resolve("transactions.jsonl");

    SimulateRun run = SimulateRun.of(List.of(flags.split(" ")), "--output=" + made);

    assertThat(run).isEqualTo(new SimulateRun(0, ""));
    assertThat(made).hasDigest("SHA-256", digest);
  }
}

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

/** The committed sample can be reproduced with the simulator. */
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
}

package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every case of testdata/contract and testdata/formats, byte for byte. */
class ContractTest {
  @TempDir Path directory;

  static List<ContractCase> cases() throws IOException {
    return ContractCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesExactlyTheExpectedFiles(ContractCase contractCase) throws IOException {
    Path output = directory.resolve("out");

    TestRun run = TestRun.of(contractCase.args(output));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TestRun.texts(output)).isEqualTo(TestRun.texts(contractCase.expected()));
  }
}

package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every case of testdata/contract, byte for byte. */
class ContractTest {
  private static final Path CASES = Path.of("..", "testdata", "contract");

  @TempDir Path directory;

  static List<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .filter(Files::isDirectory)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesExactlyTheExpectedFiles(String name) throws IOException {
    Path output = directory.resolve("out");

    TestRun run = TestRun.of(args(name, output));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TestRun.texts(output))
        .isEqualTo(TestRun.texts(CASES.resolve(name).resolve("expected")));
  }

  private static List<String> args(String name, Path output) throws IOException {
    Path input = input(CASES.resolve(name));
    List<String> args = new ArrayList<>(List.of("--input=" + input, "--output=" + output));
    Path more = CASES.resolve(name).resolve("args");
    if (Files.exists(more)) {
      args.addAll(Files.readAllLines(more));
    }
    return args;
  }

  private static Path input(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("input."))
          .findFirst()
          .orElseThrow();
    }
  }
}

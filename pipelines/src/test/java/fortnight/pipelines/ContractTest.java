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

/** Holds every case of testdata/contract and testdata/formats, byte for byte. */
class ContractTest {
  private static final Path TESTDATA = Path.of("..", "testdata");

  @TempDir Path directory;

  static List<Path> cases() throws IOException {
    try (Stream<Path> contract = Files.list(TESTDATA.resolve("contract"));
        Stream<Path> formats = Files.list(TESTDATA.resolve("formats"))) {
      return Stream.concat(contract, formats).filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesExactlyTheExpectedFiles(Path contractCase) throws IOException {
    Path output = directory.resolve("out");

    TestRun run = TestRun.of(args(contractCase, output));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TestRun.texts(output))
        .isEqualTo(TestRun.texts(contractCase.resolve("expected")));
  }

  private static List<String> args(Path contractCase, Path output) throws IOException {
    Path input = input(contractCase);
    List<String> args = new ArrayList<>(List.of("--input=" + input, "--output=" + output));
    Path more = contractCase.resolve("args");
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

package fortnight.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory of testdata/contract or testdata/formats. */
public record ContractCase(Path directory) {
  private static final Path TESTDATA = Path.of("..", "testdata");

  public static List<ContractCase> all() throws IOException {
    try (Stream<Path> contract = Files.list(TESTDATA.resolve("contract"));
        Stream<Path> formats = Files.list(TESTDATA.resolve("formats"))) {
      return Stream.concat(contract, formats)
          .filter(Files::isDirectory)
          .sorted()
          .map(ContractCase::new)
          .toList();
    }
  }

  /** The directory with the expected results. */
  public Path expected() {
    return directory.resolve("expected");
  }

  /** The flags of the case. */
  public List<String> args(Path output) throws IOException {
    List<String> args = new ArrayList<>(List.of("--input=" + input(), "--output=" + output));
    Path more = directory.resolve("args");
    if (Files.exists(more)) {
      args.addAll(Files.readAllLines(more));
    }
    return args;
  }

  private Path input() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("input."))
          .findFirst()
          .orElseThrow();
    }
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }
}

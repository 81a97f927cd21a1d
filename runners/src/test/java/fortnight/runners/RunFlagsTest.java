package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFlagsTest {
  private static final String ONLY_QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  @TempDir private Path directory;

  /** The limits are larger with up to two processors. */
  @Test
  void filesThatAreNotLargeAreReadWithoutTheOptimizingCompiler() throws Exception {
    assertThat(flags("--input=" + file('{', 128 << 20))).contains(ONLY_QUICK_COMPILER);
    assertThat(flags("--input=" + file('{', (384 << 20) + 1)))
        .doesNotContain(ONLY_QUICK_COMPILER)
        .contains("-XX:Tier4CompileThreshold=150000");
  }

  @Test
  void theContentOfCompressedFilesIsLarger() throws Exception {
    assertThat(flags("--input=" + file('\u001f', 8 << 20))).contains(ONLY_QUICK_COMPILER);
    assertThat(flags("--input=" + file('\u001f', (24 << 20) + 1)))
        .doesNotContain(ONLY_QUICK_COMPILER);
  }

  @Test
  void everythingElseIsReadWithTheOptimizingCompiler() throws Exception {
    String small = "--input=" + file('{', 1);

    assertThat(flags(small)).contains(ONLY_QUICK_COMPILER);
    assertThat(flags(small + "*")).doesNotContain(ONLY_QUICK_COMPILER);
    assertThat(flags(small, "--every=1m")).doesNotContain(ONLY_QUICK_COMPILER);
    assertThat(flags("--input=-")).doesNotContain(ONLY_QUICK_COMPILER);
    assertThat(flags("--input=kafka://localhost:9092/sales")).doesNotContain(ONLY_QUICK_COMPILER);
  }

  @Test
  void aJarWithoutAnArchiveHasNoFlagsForIt() {
    assertThat(RunFlags.archive(jar())).isEmpty();
  }

  private Path jar() {
    return directory.resolve("fortnight.jar");
  }

  private List<String> flags(String... args) {
    return RunFlags.of(jar(), args);
  }

  /** A file with holes, which needs no space. */
  private Path file(char first, int size) throws Exception {
    Path path = directory.resolve((int) first + "-" + size + ".jsonl");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(first);
      file.setLength(size);
    }
    return path;
  }
}

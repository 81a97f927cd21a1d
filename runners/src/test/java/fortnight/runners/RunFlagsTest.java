package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFlagsTest {
  private static final String ONLY_QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  @TempDir private Path directory;

  @Test
  void smallFilesAreReadWithoutTheOptimizingCompiler() throws Exception {
    String small = "--input=" + file(4 << 20);
    String large = "--input=" + file((4 << 20) + 1);

    assertThat(RunFlags.of(jar(), small)).contains(ONLY_QUICK_COMPILER);
    assertThat(RunFlags.of(jar(), large))
        .doesNotContain(ONLY_QUICK_COMPILER)
        .contains("-XX:Tier4CompileThreshold=150000");
  }

  @Test
  void everythingElseIsReadWithTheOptimizingCompiler() throws Exception {
    String small = "--input=" + file(1);

    assertThat(RunFlags.of(jar(), "--input=-")).doesNotContain(ONLY_QUICK_COMPILER);
    assertThat(RunFlags.of(jar(), "--input=kafka://localhost:9092/sales"))
        .doesNotContain(ONLY_QUICK_COMPILER);
    assertThat(RunFlags.of(jar(), small + "*")).doesNotContain(ONLY_QUICK_COMPILER);
    assertThat(RunFlags.of(jar(), small, "--every=1m")).doesNotContain(ONLY_QUICK_COMPILER);
  }

  @Test
  void aJarWithoutAnArchiveHasNoFlagsForIt() {
    assertThat(RunFlags.archive(jar())).isEmpty();
  }

  private Path jar() {
    return directory.resolve("fortnight.jar");
  }

  private Path file(int size) throws Exception {
    return Files.write(directory.resolve(size + ".jsonl"), new byte[size]);
  }
}

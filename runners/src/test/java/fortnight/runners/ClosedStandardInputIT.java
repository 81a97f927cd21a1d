package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes without standard input, in whose place the JVM opens one of its own files. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ClosedStandardInputIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String JAR = Path.of("target", "fortnight.jar").toAbsolutePath().toString();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"analyze", "propose"})
  void isRejectedByTheJar(String command) throws Exception {
    Process process = startWithoutInput(JAVA, "-jar", JAR, command, "--input=-");

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(errors())
        .content()
        .startsWith("--input=-: standard input is closed; use a pipe or a file,");
  }

  @Test
  void isEmptyForTheScript() throws Exception {
    Process process = startWithoutInput("./fortnight", "propose", "--input=-");

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(errors()).content().isEqualTo("fortnight: -: contains no records\n");
  }

  private Process startWithoutInput(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
    all.addAll(List.of(command));
    return new ProcessBuilder(all)
        .directory(ROOT.toFile())
        .redirectOutput(directory.resolve("stdout").toFile())
        .redirectError(errors().toFile())
        .start();
  }

  private Path errors() {
    return directory.resolve("stderr");
  }
}

package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of failed runs, and the files they leave. */
class FailureTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  @Test
  void reportsAFileInPlaceOfADirectory() throws IOException {
    Files.createFile(folder.resolve("file"));

    SimulateRun run =
        SimulateRun.of(List.of("--customers=5"), "--output=" + folder.resolve("file/out.jsonl"));

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages()).contains("file").hasLineCount(1);
  }

  @Test
  void reportsAFullDisk() {
    assumeTrue(Files.exists(FULL));

    SimulateRun run = SimulateRun.of(List.of("--customers=500"), "--output=" + FULL);

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages()).startsWith("fortnight: no space left").hasLineCount(1);
    assertThat(Files.isRegularFile(FULL)).isFalse();
  }

  @Test
  void keepsTheOldFilesIfOneOfTheNewOnesFails() throws IOException {
    assumeTrue(Files.exists(FULL));
    Path output = Files.writeString(folder.resolve("out.jsonl"), "old");
    Path catalog = Files.writeString(folder.resolve("catalog.jsonl"), "old");

    SimulateRun run =
        SimulateRun.of(
            List.of("--customers=50"),
            "--output=" + output,
            "--catalog=" + catalog,
            "--truth=" + FULL);

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(output).hasContent("old");
    assertThat(catalog).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
  }

  @Test
  void reportsAReaderThatClosedTheOutput() throws IOException, InterruptedException {
    Process simulate = SimulateRun.start("--customers=2000", "--output=-");
    try (var output = simulate.inputReader()) {
      assertThat(output.readLine()).startsWith("{");
    }
    String messages = new String(simulate.getErrorStream().readAllBytes(), UTF_8);

    assertThat(simulate.waitFor()).isEqualTo(1);
    assertThat(messages).contains("broken pipe").hasLineCount(1);
  }

  @Test
  void reportsABrokerThatDoesNotAnswer() {
    Duration begin = Duration.ofNanos(System.nanoTime());

    SimulateRun run =
        SimulateRun.of(List.of("--customers=5"), "--output=kafka://localhost:1/transactions");

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages())
        .startsWith("fortnight: kafka://localhost:1/transactions: nothing listens at localhost:1; ")
        .hasLineCount(1);
    assertThat(Duration.ofNanos(System.nanoTime()).minus(begin)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void reportsAnUnknownHost() {
    SimulateRun run =
        SimulateRun.of(List.of("--customers=5"), "--output=kafka://no-such-host.invalid:9092/t");

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages())
        .startsWith("fortnight: kafka://no-such-host.invalid:9092/t: unknown host; ")
        .hasLineCount(1);
  }

  @Test
  void doesNotPrintValuesOfKafkaConfig() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("client.properties"),
            """
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=PLAIN
            sasl.jaas.config=hunter2
            linger.ms=s3cret
            """);

    SimulateRun run =
        SimulateRun.of(
            List.of("--customers=5", "--kafkaConfig=" + config),
            "--output=kafka://localhost:1/transactions");

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages())
        .startsWith("fortnight: --kafkaConfig=" + config + ": the value of linger.ms is not valid")
        .doesNotContain("hunter2", "s3cret", "PLAIN")
        .hasLineCount(1);
  }
}

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

/** What a run says when the world is against it, and what it leaves behind. */
class FailureTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  @Test
  void saysWhatIsInTheWayOfTheFile() throws IOException {
    Files.createFile(folder.resolve("file"));

    Run run = Run.of(List.of("--customers=5"), "--output=" + folder.resolve("file/out.jsonl"));

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages()).contains("file").hasLineCount(1);
  }

  @Test
  void saysThatADiskIsFull() {
    assumeTrue(Files.exists(FULL));

    Run run = Run.of(List.of("--customers=500"), "--output=" + FULL);

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages()).startsWith("There is no space left").hasLineCount(1);
    assertThat(Files.isRegularFile(FULL)).isFalse();
  }

  @Test
  void keepsTheOldFilesIfOneOfTheNewOnesFails() throws IOException {
    assumeTrue(Files.exists(FULL));
    Path output = Files.writeString(folder.resolve("out.jsonl"), "old");
    Path catalog = Files.writeString(folder.resolve("catalog.jsonl"), "old");

    Run run =
        Run.of(
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
  void saysThatTheReaderWentAway() throws IOException, InterruptedException {
    Process simulate = Command.start("--customers=2000", "--output=-");
    try (var output = simulate.inputReader()) {
      assertThat(output.readLine()).startsWith("{");
    }
    String messages = new String(simulate.getErrorStream().readAllBytes(), UTF_8);

    assertThat(simulate.waitFor()).isEqualTo(1);
    assertThat(messages).contains("broken pipe").hasLineCount(1);
  }

  @Test
  void saysThatNoBrokerAnswers() {
    Duration begin = Duration.ofNanos(System.nanoTime());

    Run run = Run.of(List.of("--customers=5"), "--output=kafka://localhost:1/transactions");

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages())
        .startsWith("kafka://localhost:1: ")
        .contains("is a broker running there?")
        .hasLineCount(1);
    assertThat(Duration.ofNanos(System.nanoTime()).minus(begin)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    Run run = Run.of(List.of("--customers=5"), "--output=kafka://no-such-host.invalid:9092/t");

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages()).startsWith("kafka://no-such-host.invalid:9092: ").hasLineCount(1);
  }

  @Test
  void keepsTheValuesOfKafkaConfigToItself() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("client.properties"),
            """
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=PLAIN
            sasl.jaas.config=hunter2
            linger.ms=s3cret
            """);

    Run run =
        Run.of(
            List.of("--customers=5", "--kafkaConfig=" + config),
            "--output=kafka://localhost:1/transactions");

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.messages())
        .startsWith("kafka://localhost:1: ")
        .contains("--kafkaConfig")
        .doesNotContain("hunter2", "s3cret", "PLAIN")
        .hasLineCount(1);
  }
}

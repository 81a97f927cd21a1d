package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker as a user has it: out of the jar, a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BrokerIT {
  private static final Path JAR = Path.of("target", "fortnight.jar").toAbsolutePath();
  private static final String READY = "Broker ready at ";

  /** What SIGTERM makes of any JVM. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path directory;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void leaveNoneBehind() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void servesUntilItIsTerminatedAndLeavesNothing() throws Exception {
    Process broker = broker("--port=0");
    try (BufferedReader output = broker.inputReader(UTF_8)) {
      String ready = output.readLine();

      assertThat(ready).startsWith(READY + "localhost:");
      assertThat(files(temporary())).hasSize(1);
      String address = ready.substring(READY.length());
      Sales.makeTopic(address);
      assertThat(Sales.topics(address)).containsExactly("sales");

      terminate(broker);

      assertThat(broker.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(broker.exitValue()).isEqualTo(TERMINATED);
      assertThat(output.readLine()).isNull();
      assertThat(errors()).isEmpty();
      assertThat(files(temporary())).isEmpty();
    }
  }

  @Test
  void leavesNothingWhenItIsTerminatedWhileItStarts() throws Exception {
    Process broker = broker("--port=0");
    while (broker.isAlive() && files(temporary()).isEmpty()) {
      broker.waitFor(10, TimeUnit.MILLISECONDS);
    }

    terminate(broker);

    assertThat(broker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(files(temporary())).isEmpty();
  }

  @Test
  void saysInOneSentenceThatThePortIsInUse() throws Exception {
    try (LocalBroker first = LocalBroker.start(BrokerSettings.temporary())) {
      String port = first.address().substring("localhost:".length());

      Process second = broker("--port=" + port);

      assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(1);
      assertThat(errors().lines()).singleElement().asString().startsWith("Port " + port);
      assertThat(files(temporary())).isEmpty();
    }
  }

  @Test
  void saysInOneSentenceWhatItsConfigurationLacks() throws Exception {
    Path config = directory.resolve("config");
    Files.writeString(
        config,
        """
        security.inter.broker.protocol=SASL_PLAINTEXT
        sasl.mechanism.inter.broker.protocol=PLAIN
        sasl.enabled.mechanisms=PLAIN
        """);

    Process broker = broker("--port=0", "--config=" + config);

    assertThat(broker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(broker.exitValue()).isEqualTo(1);
    assertThat(errors().lines()).singleElement().asString().contains("JAAS configuration");
    assertThat(files(temporary())).isEmpty();
  }

  @Test
  void namesAllWrongFlags() throws Exception {
    Process broker = broker("--port=-1", "--date=x");

    assertThat(broker.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(broker.exitValue()).isEqualTo(2);
    assertThat(errors()).contains("--date", "--port=-1: from 0 to 65535");
  }

  /** Unlike {@link Process#destroy}, leaves what it says to be read. */
  private static void terminate(Process process) {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  private Process broker(String... args) throws IOException {
    Files.createDirectories(temporary());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary());
    command.add("-cp");
    command.add(JAR.toString());
    command.add("fortnight.runners.Broker");
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectError(stderr().toFile()).start();
    processes.add(process);
    return process;
  }

  private Path temporary() {
    return directory.resolve("tmp");
  }

  private Path stderr() {
    return directory.resolve("stderr");
  }

  private String errors() throws IOException {
    return Files.readString(stderr());
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}

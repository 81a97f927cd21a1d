package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code cluster} of the jar, in its own processes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LocalStackIT {
  private static final String FLINK = "Flink ready at ";
  private static final String BROKER = "Broker ready at ";

  @TempDir private Path directory;

  @Test
  void servesUntilSigtermAndDeletesItsFiles() throws Exception {
    try (JarProcess stack = cluster("--taskManagers=2", "--slots=3", "--broker=0")) {
      String flink = stack.awaitLine(FLINK);
      String broker = stack.awaitLine(BROKER);

      assertThat(get(flink + "/overview").body())
          .contains("\"taskmanagers\":2", "\"slots-total\":6");
      assertThat(get(flink + "/").body()).contains("<title>Apache Flink Web Dashboard</title>");
      TestTopic.create(broker, "sales", 1);
      assertThat(TestTopic.names(broker)).containsExactly("sales");
      assertThat(stack.children()).hasSize(3).allMatch(JarProcess::runs);

      stack.terminate();

      assertThat(stack.exitStatus()).isEqualTo(JarProcess.TERMINATED);
      assertThat(stack.children()).noneMatch(JarProcess::runs);
      assertThat(stack.temporaryFiles()).isEmpty();
      assertThat(stack.errors()).isEmpty();
    }
  }

  @Test
  void deletesItsFilesOnSigtermDuringTheStart() throws Exception {
    try (JarProcess stack = stack("--port=0")) {
      stack.awaitTemporaryFiles();

      stack.terminate();

      assertThat(stack.exitStatus()).isEqualTo(JarProcess.TERMINATED);
      assertThat(stack.temporaryFiles()).isEmpty();
      assertThat(stack.errors()).isEmpty();
    }
  }

  /** Both with one cluster, whose start takes long. */
  @Test
  void reportsAKilledTaskManagerAndTheOthersExitWhenItIsKilled() throws Exception {
    try (JarProcess stack = cluster("--taskManagers=2")) {
      String first = stack.awaitLine("taskmanager-1  process ").replaceFirst(",.*", "");
      String flink = stack.awaitLine(FLINK);
      assertThat(stack.children()).hasSize(3).allMatch(JarProcess::runs);

      ProcessHandle.of(Long.parseLong(first)).orElseThrow().destroyForcibly();

      while (stack.errors().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(stack.errors())
          .startsWith("fortnight: taskmanager-1 exited with status 137; see its log ");
      assertThat(get(flink + "/overview").statusCode()).isEqualTo(200);
      assertThat(stack.children()).filteredOn(JarProcess::runs).hasSize(2);

      stack.kill();

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (stack.children().stream().anyMatch(JarProcess::runs) && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(stack.children()).noneMatch(JarProcess::runs);
    }
  }

  @Test
  void reportsAPortInUseInOneSentence() throws Exception {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        JarProcess stack = stack("--port=" + used.getLocalPort())) {
      assertThat(stack.exitStatus()).isEqualTo(1);
      assertThat(stack.errors().lines())
          .singleElement()
          .asString()
          .startsWith("fortnight: cannot listen on port " + used.getLocalPort() + " (");
      assertThat(stack.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void reportsAProcessThatDoesNotStartInOneSentence() throws Exception {
    Path config = directory.resolve("config");
    Files.writeString(config, "high-availability.type=unknown-service");

    try (JarProcess stack = stack("--port=0", "--config=" + config)) {
      assertThat(stack.exitStatus()).isEqualTo(1);
      assertThat(stack.errors().lines())
          .singleElement()
          .asString()
          .matches("fortnight: (job|task)manager.* did not start: .*unknown-service");
      assertThat(stack.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void reportsTooLittleMemoryInOneSentence() throws Exception {
    Path config = directory.resolve("config");
    Files.writeString(config, "taskmanager.memory.process.size=100m");

    try (JarProcess stack = stack("--port=0", "--config=" + config)) {
      assertThat(stack.exitStatus()).isEqualTo(1);
      assertThat(stack.errors().lines())
          .singleElement()
          .asString()
          .startsWith("fortnight: Flink rejects a setting: ");
      assertThat(stack.temporaryFiles()).isEmpty();
    }
  }

  /** A cluster of processes that start quickly. */
  private JarProcess cluster(String... args) throws IOException {
    Path config = directory.resolve("config");
    Files.writeString(config, "env.java.opts.all=-XX:TieredStopAtLevel=1");
    return stack(
        Stream.concat(Stream.of("--port=0", "--config=" + config), Stream.of(args))
            .toArray(String[]::new));
  }

  private JarProcess stack(String... args) throws IOException {
    return JarProcess.server(directory, LocalStack.class, args);
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }
}

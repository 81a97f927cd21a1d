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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stack as a user has it: out of the jar, with processes of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LocalStackIT {
  private static final String FLINK = "Flink ready at ";
  private static final String BROKER = "Broker ready at ";

  @TempDir private Path directory;

  @Test
  void servesUntilItIsTerminatedAndLeavesNothing() throws Exception {
    try (Service stack = stack("--port=0", "--taskManagers=2", "--slots=3", "--broker=0")) {
      String flink = stack.awaitLine(FLINK);
      String broker = stack.awaitLine(BROKER);

      assertThat(get(flink + "/overview").body())
          .contains("\"taskmanagers\":2", "\"slots-total\":6");
      assertThat(get(flink + "/").body()).contains("<title>Apache Flink Web Dashboard</title>");
      Sales.makeTopic(broker);
      assertThat(Sales.topics(broker)).containsExactly("sales");
      assertThat(stack.children()).hasSize(3).allMatch(Service::runs);

      stack.terminate();

      assertThat(stack.exitStatus()).isEqualTo(Service.TERMINATED);
      assertThat(stack.children()).noneMatch(Service::runs);
      assertThat(stack.filesLeft()).isEmpty();
      assertThat(stack.errors()).isEmpty();
    }
  }

  @Test
  void takesItsProcessesWithItWhenItIsKilled() throws Exception {
    try (Service stack = stack("--port=0", "--taskManagers=1")) {
      stack.awaitLine(FLINK);
      assertThat(stack.children()).hasSize(2).allMatch(Service::runs);

      stack.kill();

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (stack.children().stream().anyMatch(Service::runs) && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(stack.children()).noneMatch(Service::runs);
    }
  }

  @Test
  void leavesNothingWhenItIsTerminatedWhileItStarts() throws Exception {
    try (Service stack = stack("--port=0")) {
      stack.awaitFiles();

      stack.terminate();

      assertThat(stack.exitStatus()).isEqualTo(Service.TERMINATED);
      assertThat(stack.filesLeft()).isEmpty();
      assertThat(stack.errors()).isEmpty();
    }
  }

  @Test
  void tellsOfATaskManagerThatIsKilledAndGoesOn() throws Exception {
    try (Service stack = stack("--port=0", "--taskManagers=1")) {
      String killed = stack.awaitLine("taskmanager-1  process ").replaceFirst(",.*", "");
      String flink = stack.awaitLine(FLINK);

      ProcessHandle.of(Long.parseLong(killed)).orElseThrow().destroyForcibly();

      while (stack.errors().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(stack.errors()).startsWith("taskmanager-1 has ended with status 137; its log is ");
      assertThat(get(flink + "/overview").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysInOneSentenceThatThePortIsInUse() throws Exception {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Service stack = stack("--port=" + used.getLocalPort())) {
      assertThat(stack.exitStatus()).isEqualTo(1);
      assertThat(stack.errors().lines())
          .singleElement()
          .asString()
          .startsWith("Port " + used.getLocalPort());
      assertThat(stack.filesLeft()).isEmpty();
    }
  }

  @Test
  void saysInOneSentenceWhyAProcessDoesNotStart() throws Exception {
    Path config = directory.resolve("config");
    Files.writeString(config, "high-availability.type=a prayer");

    try (Service stack = stack("--port=0", "--config=" + config)) {
      assertThat(stack.exitStatus()).isEqualTo(1);
      assertThat(stack.errors().lines())
          .singleElement()
          .asString()
          .matches("(job|task)manager.* did not start: .*a prayer");
      assertThat(stack.filesLeft()).isEmpty();
    }
  }

  @Test
  void saysInOneSentenceThatThereIsTooLittleMemory() throws Exception {
    Path config = directory.resolve("config");
    Files.writeString(config, "taskmanager.memory.process.size=100m");

    try (Service stack = stack("--port=0", "--config=" + config)) {
      assertThat(stack.exitStatus()).isEqualTo(1);
      assertThat(stack.errors().lines())
          .singleElement()
          .asString()
          .startsWith("Flink does not take these settings: ");
      assertThat(stack.filesLeft()).isEmpty();
    }
  }

  private Service stack(String... args) throws IOException {
    return Service.start(directory, LocalStack.class, args);
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }
}

package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.runners.cluster.FlinkConfig;
import fortnight.runners.cluster.LocalFlink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Submits, stops and observes the jobs of a cluster. */
record FlinkJobs(LocalFlink flink, Path jar) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ENDED = Set.of("CANCELED", "FAILED", "FINISHED");
  private static final Pattern JOB = Pattern.compile("job ([0-9a-f]{32})");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The configuration of a cluster that restarts its jobs as often as they fail. */
  static FlinkConfig restarting() {
    return FlinkConfig.temporary()
        .with("restart-strategy.type", "fixed-delay")
        .with("restart-strategy.fixed-delay.attempts", "1000")
        .with("restart-strategy.fixed-delay.delay", "500 ms");
  }

  /** Submits the jar of this build. */
  static FlinkJobs of(LocalFlink flink) {
    return new FlinkJobs(flink, Path.of("target", "fortnight-flink.jar").toAbsolutePath());
  }

  /** Submits a job in detached mode; returns its id. */
  String submit(List<String> flags, String... more) {
    List<String> args = new ArrayList<>(flags);
    args.addAll(List.of(more));
    args.add("--runner=FlinkRunner");
    args.add("--flinkMaster=" + flink.address());
    args.add("--attachedMode=false");
    args.add("--filesToStage=" + jar);
    PipelineRun run = PipelineRun.of(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    Matcher job = JOB.matcher(run.err());
    assertThat(job.find()).as(run.err()).isTrue();
    return job.group(1);
  }

  /**
   * Submits another jar with {@code flink run -d}, on the jar's default runner; returns the id of
   * the job.
   */
  String run(Path directory, Path otherJar, String savepoint, List<String> flags, String... more)
      throws Exception {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("run", "-d", "-s", savepoint));
    args.addAll(List.of("-c", "fortnight.pipelines.RetailAnalytics", otherJar.toString()));
    args.addAll(flags);
    args.addAll(List.of(more));
    try (JarProcess client = JarProcess.flinkClient(directory, flink.address(), args)) {
      client.waitFor();
      Matcher job = JOB.matcher(client.errors());
      assertThat(job.find()).as(client.errors() + client.output()).isTrue();
      return job.group(1);
    }
  }

  /** Stops a job; returns the path of its savepoint. */
  String stopWithSavepoint(String job) throws Exception {
    String trigger =
        post("/jobs/" + job + "/stop", "{\"formatType\": \"CANONICAL\"}")
            .path("request-id")
            .asText();
    String savepoint = "/jobs/" + job + "/savepoints/" + trigger;
    await(() -> get(savepoint).path("status").path("id").asText().equals("COMPLETED"));
    JsonNode answer = get(savepoint);
    assertThat(answer.path("operation").has("location")).as("%s", answer).isTrue();
    return answer.path("operation").path("location").asText();
  }

  void cancel(String job) throws Exception {
    send(
        HttpRequest.newBuilder(uri("/jobs/" + job + "?mode=cancel"))
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .build());
    await(() -> ENDED.contains(get("/jobs/" + job).path("state").asText()));
  }

  /** Waits for a checkpoint that begins after this call. */
  void awaitNextCheckpoint(String job) throws Exception {
    long before = completed(job);
    await(() -> completed(job) >= before + 2);
  }

  /** The state of all jobs and slots, for messages. */
  String state() throws Exception {
    return get("/jobs/overview") + " " + get("/overview");
  }

  private long completed(String job) throws Exception {
    return get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
  }

  /** Waits until a job has failed a number of times, restored from a checkpoint or not. */
  void awaitFailures(String job, int times) throws Exception {
    await(
        () ->
            get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries").size()
                >= times);
  }

  /** How often a job was restored from a checkpoint. */
  long restored(String job) throws Exception {
    return get("/jobs/" + job + "/checkpoints").path("counts").path("restored").asLong();
  }

  /** Cancels all running jobs. */
  void cancelAll() throws Exception {
    for (JsonNode job : get("/jobs").path("jobs")) {
      if (!ENDED.contains(job.path("status").asText())) {
        cancel(job.path("id").asText());
      }
    }
  }

  /** The last complete checkpoint of a job, even if the cluster no longer has the job. */
  String lastCheckpoint(String job) throws IOException {
    try (Stream<Path> checkpoints = Files.list(flink.data().resolve("checkpoints").resolve(job))) {
      return checkpoints
          .filter(checkpoint -> Files.exists(checkpoint.resolve("_metadata")))
          .max(Comparator.comparing(FlinkJobs::number))
          .orElseThrow()
          .toUri()
          .toString();
    }
  }

  /** Whether a job has a complete checkpoint. */
  boolean hasCheckpoint(String job) throws IOException {
    Path directory = flink.data().resolve("checkpoints").resolve(job);
    if (!Files.exists(directory)) {
      return false;
    }
    try (Stream<Path> checkpoints = Files.list(directory)) {
      return checkpoints.anyMatch(checkpoint -> Files.exists(checkpoint.resolve("_metadata")));
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).until(condition);
  }

  private JsonNode get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private JsonNode post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static JsonNode send(HttpRequest request) throws Exception {
    return JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
  }

  private URI uri(String path) {
    return URI.create("http://" + flink.address() + path);
  }
}

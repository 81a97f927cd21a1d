package fortnight.runners.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.common.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Spark cluster on this machine: a master and workers, which start executors for each job. */
public final class LocalSpark extends LocalCluster {
  static final String HOST = "127.0.0.1";

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

  private final Ports ports;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
  private final List<ClusterProcess> masters = new ArrayList<>();
  private final List<ClusterProcess> workers = new ArrayList<>();

  private LocalSpark(SparkConfig config, Ports ports, ClusterDirectories directories) {
    super(directories, config.startTimeout());
    this.ports = ports;
  }

  private void start(SparkConfig config, ClusterDirectories directories, Path home) {
    masters.add(
        SparkProcess.start(
            "master",
            directories,
            SparkProcess.MASTER,
            home,
            config.jar(),
            List.of(
                "--host", HOST,
                "--port", Integer.toString(ports.clients()),
                "--webui-port", Integer.toString(ports.internal()))));
    for (int i = 1; i <= config.workers(); i++) {
      String name = "worker-" + i;
      List<String> arguments = new ArrayList<>(config.workerArguments());
      arguments.add("--work-dir");
      arguments.add(directories.logFile(name).resolveSibling(name).toString());
      arguments.add(address());
      workers.add(
          SparkProcess.start(
              name, directories, SparkProcess.WORKER, home, config.jar(), arguments));
    }
  }

  /**
   * Starts the processes of a cluster, which is ready only some seconds later. Its jobs may be
   * submitted by processes of this machine only.
   */
  public static LocalSpark launch(SparkConfig config) {
    Ports ports = Ports.choose(config.port());
    ClusterDirectories directories = ClusterDirectories.create("spark", config.data());
    LocalSpark spark = new LocalSpark(config, ports, directories);
    boolean isStarted = false;
    try {
      Path home = directories.createWorkDirectory("home");
      SparkProcess.writeHome(home, config.jar());
      spark.start(config, directories, home);
      isStarted = true;
      return spark;
    } finally {
      if (!isStarted) {
        spark.close();
      }
    }
  }

  /** The value of {@code --sparkMaster}. */
  @Override
  public String address() {
    return "spark://" + HOST + ":" + ports.clients();
  }

  /** The address of the master's web UI. */
  public String webUi() {
    return "http://" + HOST + ":" + ports.internal();
  }

  @Override
  public List<ClusterProcess> processes() {
    return Stream.concat(masters.stream(), workers.stream()).toList();
  }

  /** Stops workers first, which stop their executors. */
  @Override
  public void close() {
    stop(List.of(workers, masters));
  }

  /** Spark's names of workers are not ours, so these are the last ones, as many as are missing. */
  @Override
  List<String> missing() throws InterruptedException {
    return workers.stream().map(ClusterProcess::name).skip(registered()).toList();
  }

  private long registered() throws InterruptedException {
    HttpRequest state =
        HttpRequest.newBuilder(URI.create(webUi() + "/json/")).timeout(REQUEST_TIMEOUT).build();
    try {
      JsonNode master =
          new ObjectMapper().readTree(client.send(state, BodyHandlers.ofString()).body());
      return master.path("aliveworkers").asLong();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  String engine() {
    return "Spark";
  }

  @Override
  String leader() {
    return "master";
  }
}

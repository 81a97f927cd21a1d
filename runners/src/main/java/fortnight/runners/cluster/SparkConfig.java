package fortnight.runners.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Configuration of a local Spark cluster.
 *
 * @param jar {@code fortnight-spark.jar}, which contains Spark
 * @param port the port at which jobs are submitted, 1 to 65535, or 0 for a free one
 * @param workers the number of workers at the start
 * @param cores the number of cores of each worker
 * @param data the directory of logs; if empty, they are deleted when the cluster stops
 * @param startTimeout the time until all workers must be registered
 */
public record SparkConfig(
    Path jar, int port, int workers, int cores, Optional<Path> data, Duration startTimeout) {
  public static final int DEFAULT_PORT = 7077;

  private static final String JAR = "fortnight-spark.jar";

  /** Of an executor, by Spark's default; a worker starts one for each job. */
  private static final String MEMORY = "1g";

  /** The jar beside the one that runs. */
  public static Path jarBesideThis() {
    return Path.of(System.getProperty("java.class.path")).resolveSibling(JAR);
  }

  /** The arguments of a worker that are the same for all workers. */
  List<String> workerArguments() {
    return List.of(
        "--host",
        LocalSpark.HOST,
        "--webui-port",
        "0",
        "--cores",
        Integer.toString(cores),
        "--memory",
        MEMORY);
  }
}

package fortnight.runners.spark;

import fortnight.common.cli.FlagErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.spark.SparkPipelineOptions;

/**
 * Where Spark runs: in this process, or on a cluster.
 *
 * @param url the value of {@code --sparkMaster}, or of {@code spark-submit --master}
 */
record SparkMaster(String url) {
  /** The property by which spark-submit sets the master; it takes precedence over the flag. */
  private static final String PROPERTY = "spark.master";

  private static final String LOCAL = "local(\\[(\\d+|\\*)(,\\d+)?])?";
  private static final String STANDALONE = "spark://";
  private static final String ADDRESS = "([^\\s:/,\\[\\]]+|\\[[0-9a-fA-F:]+]):\\d{1,5}";
  private static final String OTHER = "yarn|k8s://.+";
  private static final int TIMEOUT_MILLIS = (int) TimeUnit.SECONDS.toMillis(10);

  static SparkMaster of(SparkPipelineOptions options) {
    return new SparkMaster(System.getProperty(PROPERTY, options.getSparkMaster()));
  }

  /** Whether Spark runs in this process. */
  boolean isLocal() {
    return url.matches(LOCAL);
  }

  /** Whether all executors are on this machine, as far as the address of the master shows. */
  boolean isOnThisMachine() {
    return isLocal()
        || (url.startsWith(STANDALONE) && addresses().stream().allMatch(SparkMaster::isHere));
  }

  /** What is wrong with the text of the flag. */
  Optional<String> mistake() {
    boolean isRight =
        isLocal()
            || url.matches(OTHER)
            || (url.matches(STANDALONE + ADDRESS + "(," + ADDRESS + ")*")
                && addresses().stream().allMatch(address -> port(address) <= FlagErrors.MAX_PORT));
    return isRight
        ? Optional.empty()
        : problem("not a master; use spark://HOST:PORT, yarn, k8s://URL, or local[N]");
  }

  /** Connects to a standalone master; returns one sentence if none of its addresses responds. */
  Optional<String> problem() {
    if (!url.startsWith(STANDALONE)) {
      return Optional.empty();
    }
    List<String> reasons = new ArrayList<>();
    for (String address : addresses()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host(address), port(address)), TIMEOUT_MILLIS);
        return Optional.empty();
      } catch (IOException e) {
        reasons.add(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      }
    }
    return problem(
        "no master responds (%s); use the address that its web UI shows"
            .formatted(String.join(", ", reasons)));
  }

  private Optional<String> problem(String what) {
    return Optional.of("--sparkMaster=" + url + ": " + what);
  }

  private List<String> addresses() {
    return List.of(url.substring(STANDALONE.length()).split(",", -1));
  }

  private static boolean isHere(String address) {
    try {
      // An address of this machine that others reach can have workers elsewhere.
      return InetAddress.getByName(host(address)).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  private static String host(String address) {
    return address.replaceFirst(":\\d+$", "");
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}

package fortnight.runners.flink;

import fortnight.common.cli.ErrorMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The value of {@code --flinkMaster}: an embedded Flink, or the REST address of a JobManager.
 *
 * @param text the value without {@code http://}
 * @param configurationDirectory the value of {@code --flinkConfDir}
 */
record FlinkMaster(String text, @Nullable String configurationDirectory) {
  private static final String EMBEDDED = "\\[(auto|local|collection)]";
  private static final String ADDRESS = "[^\\s:/\\[\\]]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?";
  private static final long TIMEOUT_SECONDS = 10;

  static FlinkMaster of(FlinkPipelineOptions options) {
    String address = options.getFlinkMaster().replaceFirst("^https?://", "");
    return new FlinkMaster(address, options.getFlinkConfDir());
  }

  /** Whether jobs run on a cluster: at an address, or where Flink's own client submits them. */
  boolean isCluster() {
    return isAddress() || FlinkClient.isPresent();
  }

  boolean isAddress() {
    return !text.matches(EMBEDDED);
  }

  /** Whether the cluster may be on other machines than this one. */
  boolean isElsewhere() {
    if (!isCluster()) {
      return false;
    }
    try {
      InetAddress address =
          InetAddress.getByName(isAddress() ? host() : FlinkClient.restAddress().orElse(""));
      return !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null;
    } catch (IOException e) {
      return true;
    }
  }

  /** Connects to an address; returns one sentence if jobs cannot be submitted there. */
  Optional<String> problem() {
    if (!isAddress()) {
      return Optional.empty();
    }
    if (!text.matches(ADDRESS)) {
      return problem("not an address; use HOST:PORT, the REST address of a JobManager, or [local]");
    }
    try (RestClusterClient<StandaloneClusterId> client =
        new RestClusterClient<>(withoutRetries(), StandaloneClusterId.getInstance())) {
      return versionProblem(
          client.getClusterOverview().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).getVersion());
    } catch (TimeoutException e) {
      return problem("does not respond within " + TIMEOUT_SECONDS + " seconds");
    } catch (ExecutionException e) {
      return problem("no Flink responds (" + firstLine(e) + "); use the REST port of a JobManager");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return problem("the connection was interrupted");
    } catch (Exception e) {
      return problem("cannot connect: " + firstLine(e));
    }
  }

  private Optional<String> versionProblem(String clusterVersion) {
    String version = minor(EnvironmentInformation.getVersion());
    return minor(clusterVersion).equals(version)
        ? Optional.empty()
        : problem(
            "the cluster's version is Flink %s; use a cluster of Flink %s"
                .formatted(clusterVersion, version));
  }

  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private Optional<String> problem(String what) {
    return Optional.of("--flinkMaster=" + text + ": " + what);
  }

  private static String firstLine(Throwable thrown) {
    Throwable cause = ErrorMessages.rootCause(thrown);
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.lines().findFirst().get();
  }

  private Configuration withoutRetries() {
    Configuration configuration = FlinkDefaults.load(configurationDirectory);
    configuration.set(RestOptions.ADDRESS, host());
    configuration.set(JobManagerOptions.ADDRESS, host());
    port().ifPresent(port -> configuration.set(RestOptions.PORT, port));
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
    configuration.set(RestOptions.CONNECTION_TIMEOUT, TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    return configuration;
  }

  private String host() {
    return text.replaceFirst(":\\d+$", "");
  }

  private Optional<Integer> port() {
    return text.equals(host())
        ? Optional.empty()
        : Optional.of(Integer.valueOf(text.substring(host().length() + 1)));
  }
}

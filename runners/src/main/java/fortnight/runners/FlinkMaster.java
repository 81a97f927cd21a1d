package fortnight.runners;

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
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where {@code --flinkMaster} says that Flink is: in this process, or at the REST address of a
 * cluster's JobManager.
 */
record FlinkMaster(String text, @Nullable String configurationDirectory) {
  private static final String IN_THIS_PROCESS = "\\[(auto|local|collection)]";
  private static final long PATIENCE_SECONDS = 10;

  static FlinkMaster of(FlinkPipelineOptions options) {
    String address = options.getFlinkMaster().replaceFirst("^https?://", "");
    return new FlinkMaster(address, options.getFlinkConfDir());
  }

  /** Whether a cluster runs what is submitted; also where Flink's own client submits. */
  boolean isCluster() {
    return isAddress() || FlinkClient.isThere();
  }

  boolean isAddress() {
    return !text.matches(IN_THIS_PROCESS);
  }

  /** Whether the cluster may be on other machines than this. */
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

  /** Why nothing can be submitted there, in one sentence. */
  Optional<String> problem() {
    if (!isAddress()) {
      return Optional.empty();
    }
    if (!text.matches("[^\\s:/\\[\\]]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?")) {
      return wrong("is no address; say HOST:PORT, the REST address of a JobManager, or [local]");
    }
    try (RestClusterClient<StandaloneClusterId> client =
        new RestClusterClient<>(onceAndSoon(), StandaloneClusterId.getInstance())) {
      return versionProblem(
          client.getClusterOverview().get(PATIENCE_SECONDS, TimeUnit.SECONDS).getVersion());
    } catch (TimeoutException e) {
      return wrong("does not answer within " + PATIENCE_SECONDS + " seconds");
    } catch (ExecutionException e) {
      return wrong("no Flink answers there (" + shortly(e) + "); is this its REST port?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return wrong("was not waited for");
    } catch (Exception e) {
      return wrong("cannot be asked: " + e.getMessage());
    }
  }

  private Optional<String> versionProblem(String theirs) {
    String ours = EnvironmentInformation.getVersion();
    return minor(theirs).equals(minor(ours))
        ? Optional.empty()
        : wrong(
            "is a cluster of Flink " + theirs + ", and this is for " + minor(ours) + ".x alone");
  }

  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private Optional<String> wrong(String what) {
    return Optional.of("--flinkMaster=" + text + ": " + what);
  }

  private static String shortly(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.lines().findFirst().get();
  }

  private Configuration onceAndSoon() {
    Configuration configuration =
        configurationDirectory == null
            ? GlobalConfiguration.loadConfiguration()
            : GlobalConfiguration.loadConfiguration(configurationDirectory);
    configuration.set(RestOptions.ADDRESS, host());
    configuration.set(JobManagerOptions.ADDRESS, host());
    port().ifPresent(port -> configuration.set(RestOptions.PORT, port));
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
    configuration.set(RestOptions.CONNECTION_TIMEOUT, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
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

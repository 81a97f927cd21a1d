package fortnight.pipelines.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time during which a registry does not answer a request. Logs when it begins and ends. */
final class RegistryOutage {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryOutage.class);

  private static final long WARNING_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final SchemaRegistry registry;
  private final long start = System.nanoTime();

  private boolean isReported;
  private long lastReport;

  RegistryOutage(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** Logs a failed request: the first one, and one each minute. */
  void report(String reason) {
    long now = System.nanoTime();
    if (!isReported || now - lastReport >= WARNING_NANOS) {
      isReported = true;
      lastReport = now;
      LOG.warn(
          "Waiting for the schema registry {}: {}. No record is rejected; reading continues when it"
              + " answers",
          registry.url(),
          reason);
    }
  }

  /** Logs the end, if a request failed. */
  void end() {
    if (isReported) {
      LOG.warn(
          "The schema registry {} answers again, after {} s; reading continues",
          registry.url(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }
  }

  /** Returns why a request failed. */
  static String reason(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "the connection times out";
    }
    if (failure instanceof HttpTimeoutException) {
      return "it does not answer in time";
    }
    if (failure instanceof ConnectException) {
      boolean isUnknown = false;
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        isUnknown |= cause instanceof UnresolvedAddressException;
      }
      return isUnknown ? "the host is unknown" : "the connection is refused";
    }
    return Objects.toString(failure.getMessage(), failure.getClass().getSimpleName());
  }
}

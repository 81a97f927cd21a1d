package fortnight.runners;

import java.util.Optional;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink's own client, where that runs this program: {@code flink run}, or a JobManager. */
final class FlinkClient {
  private FlinkClient() {}

  static boolean isThere() {
    return environment() instanceof StreamContextEnvironment;
  }

  /** Whether it was told not to wait, as {@code flink run -d} is. */
  static boolean isDetached() {
    return isThere() && !configuration().get(DeploymentOptions.ATTACHED);
  }

  static Optional<String> restAddress() {
    return Optional.ofNullable(configuration().get(RestOptions.ADDRESS));
  }

  static ReadableConfig configuration() {
    return environment().getConfiguration();
  }

  private static StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment();
  }
}

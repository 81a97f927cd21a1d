package fortnight.runners.flink;

import java.util.Optional;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink's own client, if it runs this program: {@code flink run}, or a JobManager. */
final class FlinkClient {
  private FlinkClient() {}

  static boolean isPresent() {
    return environment() instanceof StreamContextEnvironment;
  }

  /** Whether the client submits jobs in detached mode, as {@code flink run -d} does. */
  static boolean isDetached() {
    return isPresent() && !configuration().get(DeploymentOptions.ATTACHED);
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

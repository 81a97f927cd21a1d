package fortnight.runners;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a broker is to be.
 *
 * @param port 1 to 65535, or 0 for a free one
 * @param data where topics are kept; without it they last as long as the broker
 * @param overrides properties of a Kafka broker, stronger than ours
 */
record BrokerSettings(int port, Optional<Path> data, Map<String, String> overrides) {
  static final int DEFAULT_PORT = 9092;

  BrokerSettings {
    overrides = Map.copyOf(overrides);
  }

  /** The port of ours, which is not needed where the overrides name listeners of their own. */
  int wantedPort() {
    return overrides.containsKey(BrokerProperties.LISTENERS) ? 0 : port;
  }

  /** A free port, and nothing kept. */
  static BrokerSettings temporary() {
    return new BrokerSettings(0, Optional.empty(), Map.of());
  }

  /** The same, and what it holds is kept in a directory. */
  BrokerSettings withData(Path directory) {
    return new BrokerSettings(port, Optional.of(directory), overrides);
  }

  /** The same on another port. */
  BrokerSettings withPort(int otherPort) {
    return new BrokerSettings(otherPort, data, overrides);
  }
}

package fortnight.runners.broker;

import fortnight.common.process.Ports;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration of a single-node broker.
 *
 * @param port 1 to 65535, or 0 for a free one
 * @param data the directory of the topics; if empty, they are deleted when the broker stops
 * @param overrides properties of a Kafka broker, which take precedence over the defaults here
 */
public record BrokerConfig(int port, Optional<Path> data, Map<String, String> overrides) {
  public static final int DEFAULT_PORT = 9092;

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String LISTENERS = "listeners";
  private static final String PROTOCOL = "security.inter.broker.protocol";

  /** In bytes; the simulator sends records of a little over 1 MiB on purpose. */
  private static final int MAX_MESSAGE_BYTES = 4 << 20;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", Integer.toString(NODE_ID)),
          Map.entry("controller.listener.names", CONTROLLER),
          Map.entry(
              "listener.security.protocol.map",
              "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,"
                  + "SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          // Kafka's default of 50 partitions delays the start.
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES)));

  public BrokerConfig {
    overrides = Map.copyOf(overrides);
  }

  /** A broker at a free port, without a directory of its own. */
  public static BrokerConfig temporary() {
    return new BrokerConfig(0, Optional.empty(), Map.of());
  }

  public BrokerConfig withData(Path directory) {
    return new BrokerConfig(port, Optional.of(directory), overrides);
  }

  public BrokerConfig withPort(int otherPort) {
    return new BrokerConfig(otherPort, data, overrides);
  }

  /** The port to choose for clients; any free one if the overrides name the listeners. */
  int portToChoose() {
    return overrides.containsKey(LISTENERS) ? 0 : port;
  }

  /** The properties of the broker. The overrides set everything but the data directory. */
  Map<String, String> properties(Ports ports, Path dataDirectory) {
    String protocol = overrides.getOrDefault(PROTOCOL, "PLAINTEXT");
    Map<String, String> properties = new HashMap<>(DEFAULTS);
    properties.put(
        "controller.quorum.voters", "%d@localhost:%d".formatted(NODE_ID, ports.internal()));
    properties.put(LISTENERS, "%s://localhost:%d".formatted(protocol, ports.clients()));
    properties.putAll(overrides);
    properties.put("log.dirs", dataDirectory.toString());
    properties.put(LISTENERS, complete(properties.get(LISTENERS), ports));
    return properties;
  }

  /** Replaces a port of 0, and adds the controller's listener if it is missing. */
  private static String complete(String listeners, Ports ports) {
    String complete = listeners.replaceFirst(":0(?=,|$)", ":" + ports.clients());
    return complete.contains(CONTROLLER + "://")
        ? complete
        : "%s,%s://localhost:%d".formatted(complete, CONTROLLER, ports.internal());
  }
}

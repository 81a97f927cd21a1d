package fortnight.runners;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a Kafka broker needs to be told to run alone, on a laptop. */
final class BrokerProperties {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";
  static final String LISTENERS = "listeners";
  private static final String PROTOCOL = "security.inter.broker.protocol";

  /** The simulator sends records of a little over 1 MiB on purpose. */
  private static final int LARGEST_MESSAGE = 4 << 20;

  private BrokerProperties() {}

  /** Ours where the overrides say nothing else; the data directory is {@code --data} alone. */
  static Map<String, String> of(BrokerSettings settings, Ports ports, Path data) {
    Map<String, String> overrides = settings.overrides();
    String protocol = overrides.getOrDefault(PROTOCOL, "PLAINTEXT");
    Map<String, String> properties = new HashMap<>(alone());
    properties.put("controller.quorum.voters", "%d@localhost:%d".formatted(NODE, ports.inner()));
    properties.put(LISTENERS, "%s://localhost:%d".formatted(protocol, ports.clients()));
    properties.putAll(overrides);
    properties.put("log.dirs", data.toString());
    properties.put(LISTENERS, complete(properties.get(LISTENERS), ports));
    return properties;
  }

  /** So that listeners in the overrides need to name neither a free port nor the controller. */
  private static String complete(String listeners, Ports ports) {
    String complete = listeners.replaceFirst(":0(?=,|$)", ":" + ports.clients());
    return complete.contains(CONTROLLER + "://")
        ? complete
        : "%s,%s://localhost:%d".formatted(complete, CONTROLLER, ports.inner());
  }

  private static Map<String, String> alone() {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE)),
        Map.entry("controller.listener.names", CONTROLLER),
        Map.entry(
            "listener.security.protocol.map",
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,"
                + "SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        // One group of consumers needs no 50 partitions to be remembered in.
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("message.max.bytes", Integer.toString(LARGEST_MESSAGE)));
  }
}

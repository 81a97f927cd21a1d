package fortnight.runners.broker;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.process.Ports;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import kafka.cluster.EndPoint;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import scala.jdk.javaapi.CollectionConverters;

/** A Kafka broker in this process. */
public final class LocalBroker implements AutoCloseable {
  /** In bytes; Kafka creates files of up to 10 MB for a new segment. */
  private static final long MIN_FREE_SPACE = 16L << 20;

  private final String address;
  private final KafkaRaftServer server;
  private final BrokerData data;

  private LocalBroker(String address, KafkaRaftServer server, BrokerData data) {
    this.address = address;
    this.server = server;
    this.data = data;
  }

  /**
   * Starts a broker, and returns once it serves clients.
   *
   * @throws CommandException if it cannot start
   */
  public static LocalBroker start(BrokerConfig config) {
    Locale locale = Locale.getDefault();
    // In a Turkish locale, Kafka does not recognize its own protocol "classic".
    Locale.setDefault(Locale.ROOT);
    try {
      return startInRootLocale(config);
    } finally {
      Locale.setDefault(locale);
    }
  }

  /** Prepares a process that runs no other program than a broker; call it before the start. */
  public static void setUpProcess() {
    Locale.setDefault(Locale.ROOT);
    // A broker's client to itself warns at every start and stop.
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient", "error");
  }

  /**
   * Reports a failed disk in one sentence before Kafka halts the JVM. Use it only in a process that
   * runs no other program than a broker.
   */
  public void reportDiskFailureTo(PrintStream errors) {
    Exit.setHaltProcedure(
        (status, message) -> {
          errors.println("fortnight: " + diskFailure());
          Runtime.getRuntime().halt(status);
        });
  }

  private String diskFailure() {
    long free = data.directory().toFile().getUsableSpace();
    return "the broker stopped because it cannot write to %s: %s"
        .formatted(
            data.directory(),
            free < MIN_FREE_SPACE
                ? "no space left on the device; free some, or use another --data directory"
                : "%d MB are free; check the disk and its quotas".formatted(free >> 20));
  }

  /** The address for clients, such as {@code localhost:9092}. */
  public String address() {
    return address;
  }

  /** Stops the broker, and deletes its data if they are temporary. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    data.close();
  }

  private static LocalBroker startInRootLocale(BrokerConfig config) {
    Ports ports = Ports.choose(config.portToChoose());
    BrokerData data = BrokerData.open(config.data());
    LocalBroker started = null;
    try {
      KafkaConfig kafka = kafkaConfig(config.properties(ports, data.directory()));
      Ports.checkFree(socketAddresses(kafka));
      data.format();
      started = new LocalBroker(advertisedAddress(kafka), startServer(kafka), data);
      return started;
    } finally {
      if (started == null) {
        data.close();
      }
    }
  }

  private static KafkaConfig kafkaConfig(Map<String, String> properties) {
    try {
      return new KafkaConfig(properties, false);
    } catch (KafkaException | IllegalArgumentException e) {
      throw CommandException.failed("Kafka rejects a property: " + ErrorMessages.of(e), e);
    }
  }

  private static Collection<InetSocketAddress> socketAddresses(KafkaConfig config) {
    return CollectionConverters.asJava(config.dataPlaneListeners()).stream()
        .map(
            listener ->
                listener.host() == null
                    ? new InetSocketAddress(listener.port())
                    : new InetSocketAddress(listener.host(), listener.port()))
        .toList();
  }

  private static String advertisedAddress(KafkaConfig config) {
    EndPoint first = config.effectiveAdvertisedBrokerListeners().head();
    return first.host() + ":" + first.port();
  }

  private static KafkaRaftServer startServer(KafkaConfig config) {
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return server;
    } catch (Exception e) { // Kafka is written in Scala, and throws undeclared exceptions.
      if (server != null) {
        server.shutdown();
      }
      throw CommandException.failed("the broker did not start: " + ErrorMessages.of(e), e);
    }
  }
}

package fortnight.runners;

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

/** A Kafka broker in this process, which serves clients from its start to its close. */
final class LocalBroker implements AutoCloseable {
  /** Kafka makes files of up to 10 MB when it needs a new segment; in bytes. */
  private static final long FULL = 16L << 20;

  private final String address;
  private final KafkaRaftServer server;
  private final BrokerData data;

  private LocalBroker(String address, KafkaRaftServer server, BrokerData data) {
    this.address = address;
    this.server = server;
    this.data = data;
  }

  /** Returns when clients are served. */
  static LocalBroker start(BrokerSettings settings) throws StackFailed {
    Locale locale = Locale.getDefault();
    // Where the capital of i is not I, Kafka does not know its own "classic".
    Locale.setDefault(Locale.ROOT);
    try {
      return startInAnyLanguage(settings);
    } finally {
      Locale.setDefault(locale);
    }
  }

  /**
   * Makes Kafka, which ends the process when its disk fails, report that in one sentence. For
   * processes that are there for a broker alone.
   */
  void reportFailedDisk(PrintStream errors) {
    Exit.setHaltProcedure(
        (status, message) -> {
          errors.println(diskFailure());
          Runtime.getRuntime().halt(status);
        });
  }

  private String diskFailure() {
    long free = data.directory().toFile().getUsableSpace();
    return "The broker has stopped, since it cannot write to %s: %s"
        .formatted(
            data.directory(),
            free < FULL
                ? "the disk is full. Free some space, or name another directory by --data."
                : "%d MB are free, so look for a limit or a fault of the disk."
                    .formatted(free >> 20));
  }

  /** Where clients find it, as {@code localhost:9092}. */
  String address() {
    return address;
  }

  /** Returns when it is down, and its data on disk or, if temporary, deleted. */
  @Override
  public void close() throws StackFailed {
    server.shutdown();
    server.awaitShutdown();
    data.close();
  }

  private static LocalBroker startInAnyLanguage(BrokerSettings settings) throws StackFailed {
    Ports ports = Ports.pick(settings.wantedPort());
    BrokerData data = BrokerData.in(settings.data());
    LocalBroker started = null;
    try {
      KafkaConfig config = config(BrokerProperties.of(settings, ports, data.directory()));
      Ports.check(socketAddresses(config));
      data.format();
      started = new LocalBroker(address(config), serve(config), data);
      return started;
    } finally {
      if (started == null) {
        data.close();
      }
    }
  }

  private static KafkaConfig config(Map<String, String> properties) throws StackFailed {
    try {
      return new KafkaConfig(properties, false);
    } catch (KafkaException | IllegalArgumentException e) {
      throw new StackFailed("Kafka does not take these properties: " + e.getMessage(), e);
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

  private static String address(KafkaConfig config) {
    EndPoint first = config.effectiveAdvertisedBrokerListeners().head();
    return first.host() + ":" + first.port();
  }

  /** Kafka, written in Scala, throws what it does not declare. */
  private static KafkaRaftServer serve(KafkaConfig config) throws StackFailed {
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return server;
    } catch (Exception e) {
      if (server != null) {
        server.shutdown();
      }
      throw new StackFailed("The broker did not start: " + e.getMessage(), e);
    }
  }
}

package fortnight.pipelines;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Throwables;

/**
 * What is behind the ports where brokers are said to be. Kafka's clients try for ever, and tell
 * neither a wrong port nor TLS from a slow broker.
 */
final class BrokerPorts {
  private static final int PATIENCE_MILLIS = 3_000;

  private final String brokers;
  private final List<InetSocketAddress> ports;

  BrokerPorts(KafkaAddress topic) {
    brokers = topic.brokers();
    ports = Arrays.stream(brokers.split(",", -1)).map(BrokerPorts::port).toList();
  }

  private static InetSocketAddress port(String broker) {
    int colon = broker.lastIndexOf(':');
    return new InetSocketAddress(
        broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1)));
  }

  /** Why no broker can be there; empty where one can. */
  Optional<String> problem() {
    if (ports.stream().allMatch(InetSocketAddress::isUnresolved)) {
      return Optional.of("no host of this name is known here");
    }
    return ports.stream().anyMatch(this::isOpen)
        ? Optional.empty()
        : Optional.of("nothing listens at " + brokers + "; look whether the broker runs there");
  }

  /** Asked only after a failure: a broker that speaks no TLS logs the attempt as one. */
  boolean speakTls() {
    return ports.stream().anyMatch(this::speaksTls);
  }

  private boolean isOpen(InetSocketAddress port) {
    try (Socket socket = new Socket()) {
      socket.connect(port, patience());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean speaksTls(InetSocketAddress port) {
    try (Socket plain = new Socket()) {
      plain.connect(port, patience());
      plain.setSoTimeout(patience());
      SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
      try (SSLSocket socket =
          (SSLSocket) tls.createSocket(plain, port.getHostString(), port.getPort(), false)) {
        socket.startHandshake();
      }
      return true;
    } catch (IOException e) {
      return Throwables.getCausalChain(e).stream().anyMatch(CertificateException.class::isInstance);
    }
  }

  private int patience() {
    return PATIENCE_MILLIS / ports.size();
  }
}

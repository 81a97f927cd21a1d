package fortnight.runners;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;

/** Two ports of this machine that nobody listens on, as of a moment ago. */
record Ports(int clients, int inner) {
  /** The wanted port, or a free one if that is 0, and a free one for talk among processes. */
  static Ports pick(int wanted) throws StackFailed {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket clients = listen(new InetSocketAddress(loopback, wanted));
        ServerSocket inner = listen(new InetSocketAddress(loopback, 0))) {
      return new Ports(clients.getLocalPort(), inner.getLocalPort());
    } catch (IOException e) {
      throw taken(wanted, e);
    }
  }

  /** Kafka finds this out late, and tells of it in many lines. */
  static void check(Collection<InetSocketAddress> addresses) throws StackFailed {
    for (InetSocketAddress address : addresses) {
      try (ServerSocket socket = listen(address)) {
        socket.getLocalPort();
      } catch (IOException e) {
        throw taken(address.getPort(), e);
      }
    }
  }

  private static ServerSocket listen(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static StackFailed taken(int port, IOException e) {
    return new StackFailed(
        "Port %d cannot be listened on (%s); 0 takes a free one.".formatted(port, e.getMessage()),
        e);
  }
}

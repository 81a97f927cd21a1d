package fortnight.common.process;

import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;

/**
 * Two ports of localhost that were free when they were chosen.
 *
 * @param clients the port for clients
 * @param internal the port for connections between the processes of a cluster
 */
public record Ports(int clients, int internal) {
  /**
   * Chooses free ports.
   *
   * @param wanted the port for clients; 0 for any free one
   * @throws CommandException if the wanted port is in use
   */
  public static Ports choose(int wanted) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket clients = bind(new InetSocketAddress(loopback, wanted));
        ServerSocket internal = bind(new InetSocketAddress(loopback, 0))) {
      return new Ports(clients.getLocalPort(), internal.getLocalPort());
    } catch (IOException e) {
      throw inUse(wanted, e);
    }
  }

  /**
   * Checks that servers can listen on all addresses; Kafka would report that late, with stack
   * traces.
   *
   * @throws CommandException if one is in use
   */
  public static void checkFree(Collection<InetSocketAddress> addresses) {
    for (InetSocketAddress address : addresses) {
      try (ServerSocket socket = bind(address)) {
        socket.getLocalPort();
      } catch (IOException e) {
        throw inUse(address.getPort(), e);
      }
    }
  }

  private static ServerSocket bind(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static CommandException inUse(int port, IOException e) {
    return CommandException.failed(
        "cannot listen on port %d (%s); use another port, or 0 for a free one"
            .formatted(port, e.getMessage()),
        e);
  }
}

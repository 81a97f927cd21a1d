package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;

/** Connections to a live page, below the level of HTTP. */
final class PageSockets {
  private PageSockets() {}

  /** Opens a connection, and sends the beginning of a request. */
  static Socket connect(FedPage page, String beginning) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(page.address()).getPort());
    socket.getOutputStream().write(beginning.getBytes(UTF_8));
    return socket;
  }

  /** Waits until the server closes the connection; returns the number of bytes that it sent. */
  static long awaitEnd(Socket socket) throws IOException {
    socket.setSoTimeout(30_000);
    long bytes = 0;
    try {
      byte[] buffer = new byte[100_000];
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        bytes += read;
      }
    } catch (SocketException e) {
      // The server closed the connection before it had read all bytes.
    }
    return bytes;
  }

  static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** The number of threads of the server in this JVM. */
  static long liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("live-http"))
        .count();
  }

  static String ask(FedPage page, String path, String host) throws IOException {
    try (Socket socket = connect(page, "")) {
      return ask(socket, path, host);
    }
  }

  /** The first line of the answer. */
  static String ask(Socket socket, String path, String host) throws IOException {
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(UTF_8));
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
  }
}

package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import fortnight.report.RowLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server's answers, its limits, and the hosts that it allows. */
class LiveServerTest {
  /** Together larger than the buffers of both sockets. */
  private static final int MANY_ANSWERS = 200;

  @Test
  void answersOnlyToAddressesAndItsOwnNames() throws Exception {
    try (FedPage page = FedPage.start()) {
      for (String host : List.of("127.0.0.1", "localhost:8080", "[::1]:80", "192.168.1.7:8080")) {
        assertThat(ask(page, "/", host)).as(host).contains(" 200 ");
      }
      for (String host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.org")) {
        assertThat(ask(page, "/", host)).as(host).contains(" 403 ");
        assertThat(ask(page, "/events", host)).as(host).contains(" 403 ");
      }
      assertThat(ask(page, "/etc/passwd", "localhost")).contains(" 404 ");
    }
  }

  @Test
  void limitsTheNumberOfOpenPages() throws Exception {
    try (FedPage page = FedPage.start()) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < EventStreams.MAX_STREAMS; i++) {
        open.add(
            new Socket(InetAddress.getLoopbackAddress(), URI.create(page.address()).getPort()));
        assertThat(ask(open.get(i), "/events", "localhost")).contains(" 200 ");
      }
      assertThat(ask(page, "/events", "localhost")).contains(" 503 ");
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  @Timeout(60)
  void closesIncompleteRequestsAndAnswersOthersMeanwhile() throws Exception {
    String line = "GET / HTTP/1.1\r\n";
    List<Socket> open = new ArrayList<>();
    List<Socket> dripping = new ArrayList<>();
    ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();
    try (FedPage page = FedPage.start()) {
      for (int i = 0; i < 100; i++) {
        open.add(connect(page, ""));
        open.add(connect(page, "G"));
        open.add(connect(page, line + "Host: localhost\r\nX-Slow: "));
        open.add(connect(page, line + "Host: localhost\r\nContent-Length: 9\r\n\r\nhalf"));
        dripping.add(connect(page, line));
      }
      var unused =
          drops.scheduleWithFixedDelay(() -> write(dripping, "x"), 100, 100, TimeUnit.MILLISECONDS);

      assertThat(fastestAnswer(page, "/")).isLessThan(Duration.ofSeconds(1));
      assertThat(fastestAnswer(page, "/events")).isLessThan(Duration.ofSeconds(1));
      assertThat(liveThreads()).isLessThanOrEqualTo(HttpLimits.connections());

      long start = System.nanoTime();
      open.addAll(dripping);
      for (Socket socket : open) {
        awaitEnd(socket);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(Duration.ofSeconds(2 * HttpLimits.TIMEOUT_SECONDS));
      while (liveThreads() > EventStreams.MAX_STREAMS) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } finally {
      drops.shutdownNow();
      close(open);
    }
  }

  @Test
  @Timeout(30)
  void limitsTheNumberOfConnections() throws Exception {
    List<Socket> open = new ArrayList<>();
    try (FedPage page = FedPage.start()) {
      for (int i = 0; i < HttpLimits.connections() + 50; i++) {
        open.add(connect(page, "G"));
      }
      awaitEnd(open.get(open.size() - 1));
      assertThat(liveThreads()).isLessThanOrEqualTo(HttpLimits.connections());
    } finally {
      close(open);
    }
  }

  @Test
  @Timeout(30)
  void disconnectsAPageThatDoesNotRead() throws Exception {
    String row = RowLines.change(10, "\"%s\"", 1, 50, "ON_TIME");
    try (FedPage page = FedPage.start();
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(page.address()).getPort());
        Socket deaf =
            connect(page, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(MANY_ANSWERS))) {
      ask(socket, "/events", "localhost");
      assertThat(page.openStreams()).isEqualTo(1);

      String longId = "x".repeat(10_000);
      for (int item = 0; page.openStreams() > 0; item++) {
        page.feed(Analysis.PRODUCT_VOLUME_CHANGE, row.formatted(longId + item));
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(awaitEnd(deaf)).isLessThan(MANY_ANSWERS * 100_000L);
    }
  }

  @Test
  void reportsAPortInUse() throws Exception {
    try (FedPage page = FedPage.start()) {
      int port = URI.create(page.address()).getPort();

      assertThatThrownBy(() -> FedPage.start(port))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:%d: Address already in use; use another --port or --host",
              port);
    }
  }

  @Test
  void suggestsAnUnprivilegedPort() {
    assertThat(LiveServer.cannotListen("127.0.0.1:80", new BindException("Permission denied")))
        .isEqualTo("cannot listen on 127.0.0.1:80: Permission denied; use a port above 1023");
  }

  private static Socket connect(FedPage page, String beginning) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(page.address()).getPort());
    socket.getOutputStream().write(beginning.getBytes(UTF_8));
    return socket;
  }

  private static void write(List<Socket> sockets, String text) {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write(text.getBytes(UTF_8));
      } catch (IOException e) {
        // The server has closed it.
      }
    }
  }

  /** Waits until the server closes the connection; returns the number of bytes that it sent. */
  private static long awaitEnd(Socket socket) throws IOException {
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

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** The fastest of some attempts, because the machine can be busy. */
  private static Duration fastestAnswer(FedPage page, String path) throws IOException {
    Duration fastest = Duration.ofDays(1);
    for (int attempt = 0; attempt < 5 && fastest.toSeconds() > 0; attempt++) {
      long start = System.nanoTime();
      assertThat(ask(page, path, "localhost")).contains(" 200 ");
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    return fastest;
  }

  private static long liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("live-http"))
        .count();
  }

  private static String ask(FedPage page, String path, String host) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(page.address()).getPort())) {
      return ask(socket, path, host);
    }
  }

  /** The first line of the answer. */
  private static String ask(Socket socket, String path, String host) throws IOException {
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(UTF_8));
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
  }
}

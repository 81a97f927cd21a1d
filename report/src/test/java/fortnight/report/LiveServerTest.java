package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server answers, and to whom. */
class LiveServerTest {
  @Test
  void answersToAddressesAndToItsOwnNames() throws Exception {
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
  void servesSoManyPagesAndNoMore() throws Exception {
    try (FedPage page = FedPage.start()) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < OpenPages.MOST; i++) {
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
  @Timeout(30)
  void dropsAPageThatTakesNothing() throws Exception {
    String row = FedPage.change(10, "\"%s\"", 1, 50, "ON_TIME");
    try (FedPage page = FedPage.start();
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(page.address()).getPort())) {
      ask(socket, "/events", "localhost");
      assertThat(page.openPages()).isEqualTo(1);

      String longId = "x".repeat(10_000);
      for (int item = 0; page.openPages() > 0; item++) {
        page.feed(Result.PRODUCT_VOLUME_CHANGE, row.formatted(longId + item));
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  @Test
  void saysThatItsPortIsInUse() throws Exception {
    try (FedPage page = FedPage.start()) {
      int port = URI.create(page.address()).getPort();

      assertThatThrownBy(() -> FedPage.start("--port=" + port))
          .isInstanceOf(LiveFailed.class)
          .hasMessage(
              "127.0.0.1:%d cannot be listened on: Address already in use; choose another with --port or --host",
              port);
    }
  }

  @Test
  void saysWhichPortsAreForEverybody() {
    assertThat(LiveServer.refusal("127.0.0.1:80", new BindException("Permission denied")))
        .isEqualTo(
            "127.0.0.1:80 cannot be listened on: Permission denied; choose a port above 1023");
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

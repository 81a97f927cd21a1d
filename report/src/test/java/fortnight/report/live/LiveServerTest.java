package fortnight.report.live;

import static fortnight.report.live.PageSockets.ask;
import static fortnight.report.live.PageSockets.awaitEnd;
import static fortnight.report.live.PageSockets.close;
import static fortnight.report.live.PageSockets.connect;
import static fortnight.report.live.PageSockets.liveThreads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server's answers, its limits, and the hosts that it allows. */
class LiveServerTest {
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
        open.add(connect(page, ""));
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
}

package fortnight.report.live;

import static fortnight.report.live.PageSockets.ask;
import static fortnight.report.live.PageSockets.awaitEnd;
import static fortnight.report.live.PageSockets.close;
import static fortnight.report.live.PageSockets.connect;
import static fortnight.report.live.PageSockets.liveThreads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.report.RowLines;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not complete their requests, or do not read the answers. */
class SlowClientsIT {
  /** Together larger than the buffers of both sockets. */
  private static final int MANY_ANSWERS = 200;

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
  void disconnectsAPageThatDoesNotRead() throws Exception {
    String row = RowLines.change(10, "\"%s\"", 1, 50, "ON_TIME");
    try (FedPage page = FedPage.start();
        Socket socket = connect(page, "");
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

  private static void write(List<Socket> sockets, String text) {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write(text.getBytes(UTF_8));
      } catch (IOException e) {
        // The server has closed it.
      }
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
}

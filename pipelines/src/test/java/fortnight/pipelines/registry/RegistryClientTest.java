package fortnight.pipelines.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import fortnight.transforms.avro.MalformedAvroException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Responses and requests are limited, in time and in number. */
@Timeout(60)
class RegistryClientTest {
  private static final Duration LONGER_THAN_A_MINUTE = Duration.ofSeconds(61);
  private static final Duration LONGER_THAN_TEN_MINUTES = Duration.ofSeconds(601);

  private final TestTime time = new TestTime();

  private TestRegistry server;
  private RegistryClient client;

  @BeforeEach
  void start() throws IOException {
    server = TestRegistry.start().with(7, "\"int\"");
    client = client(server.url(), RegistryConnection.TIMEOUT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RegistryClient client(String url, Duration timeout) {
    SchemaRegistry registry = new SchemaRegistry(url, null);
    return new RegistryClient(registry, new RegistryConnection(registry, timeout), time);
  }

  @Test
  void requestsAgainIfAResponseStalls() throws Exception {
    try (StallingServer stalling = StallingServer.start("{\"schema\": \"\\\"int\\\"\"}")) {
      Schema schema = client(stalling.url(), Duration.ofSeconds(1)).schema(7);

      assertThat(schema.getType()).isEqualTo(Schema.Type.INT);
      assertThat(time.pauses).containsExactly(Duration.ofMillis(100));
      assertThat(stalling.isFirstConnectionClosed.get()).isTrue();
    }
  }

  @Test
  void reportsBeforeARunThatAResponseStalls() throws Exception {
    try (StallingServer stalling = StallingServer.start("[\"AVRO\"]")) {
      assertThatThrownBy(client(stalling.url(), Duration.ofMillis(300))::check)
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "--schemaRegistry=%s: the schema registry is not available: it does not answer in"
                      .formatted(stalling.url())
                  + " time; check the address, and that it runs");
    }
  }

  @Test
  void doesNotReadALargeResponse() throws Exception {
    server.answering(7, " ".repeat((4 << 20) + 1));

    SchemaRegistry registry = new SchemaRegistry(server.url(), null);
    assertThatThrownBy(
            () -> new RegistryConnection(registry, Duration.ofSeconds(20)).send("/schemas/ids/7"))
        .isInstanceOf(IOException.class)
        .hasMessage("its response has more than 4 MiB");

    time.atPause = () -> server.with(7, "\"int\"");
    assertThat(client.schema(7).getType()).isEqualTo(Schema.Type.INT);
    assertThat(time.pauses).containsExactly(Duration.ofMillis(100));
  }

  @Test
  void readsALargeSchema() throws Exception {
    server.answering(7, "{\"schema\": \"\\\"int\\\"\"" + " ".repeat((4 << 20) - 30) + "}");

    assertThat(client.schema(7).getType()).isEqualTo(Schema.Type.INT);
  }

  @Test
  void requestsAnUnknownIdAgainBeforeMessagesAreRead() throws Exception {
    client.prefetch(8);
    client.prefetch(8);
    time.advance(LONGER_THAN_A_MINUTE);

    assertUnknown(8);
    assertThat(server.requests()).hasSize(1);
    client.prefetch(8);
    assertThat(server.requests()).hasSize(2);
    server.with(8, "\"long\"");
    time.advance(LONGER_THAN_A_MINUTE);
    client.prefetch(8);
    assertThat(client.schema(8).getType()).isEqualTo(Schema.Type.LONG);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void requestsAnUnknownIdAgainWhenAMessageIsParsed() throws Exception {
    assertUnknown(8);
    server.with(8, "\"long\"");
    time.advance(LONGER_THAN_A_MINUTE);
    assertUnknown(8);
    time.advance(LONGER_THAN_TEN_MINUTES);

    assertThat(client.schema(8).getType()).isEqualTo(Schema.Type.LONG);
    assertThat(server.requests()).hasSize(2);
  }

  /** Each id is requested before its messages are rejected, but not at any rate. */
  @Test
  void limitsTheRateOfRequestsForUnknownIds() throws Exception {
    Schema known = client.schema(7);
    server.with(9, "\"long\"");
    for (int i = 0; i < RejectedIds.BURST; i++) {
      client.prefetch(1_000 + i);
    }
    assertThat(time.pauses).isEmpty();

    for (int i = 0; i < 3; i++) {
      client.prefetch(1_000_000 + i);
    }

    Duration interval = Duration.ofMillis(20);
    assertThat(time.pauses).containsExactly(interval, interval, interval);
    assertThat(client.schema(9).getType()).isEqualTo(Schema.Type.LONG);
    assertThat(time.pauses).hasSize(4);
    assertThat(client.schema(7)).isSameAs(known);
    assertUnknown(1_000);
    assertThat(server.requests())
        .hasSize(1 + RejectedIds.BURST + 3 + 1)
        .contains("/schemas/ids/1000000", "/schemas/ids/1000001", "/schemas/ids/1000002")
        .doesNotHaveDuplicates();
  }

  private void assertUnknown(int id) {
    assertThatThrownBy(() -> client.schema(id))
        .isInstanceOf(MalformedAvroException.class)
        .hasMessage("has the schema id " + id + ", which is not in the registry");
  }

  /** The thread of the HTTP client refers to the class loader of the job. */
  @Test
  void leavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThat(client.schema(7).getType()).isEqualTo(Schema.Type.INT);
    List<Thread> selectors =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
            .toList();
    assertThat(selectors).hasSize(1);

    while (selectors.get(0).isAlive()) {
      System.gc();
      selectors.get(0).join(50);
    }

    server.with(9, "\"long\"");
    assertThat(client.schema(9).getType()).isEqualTo(Schema.Type.LONG);
  }

  /** A clock that stands still except for pauses, which take no time. */
  private static final class TestTime implements RegistryClient.Time {
    private final List<Duration> pauses = new ArrayList<>();
    private Runnable atPause = () -> {};
    private long nanoTime = System.nanoTime();

    void advance(Duration duration) {
      nanoTime += duration.toNanos();
    }

    @Override
    public long nanoTime() {
      return nanoTime;
    }

    @Override
    public void sleep(Duration duration) {
      pauses.add(duration);
      advance(duration);
      atPause.run();
    }
  }

  /** Sends the headers and one byte of its first response, and later ones as a whole. */
  private static final class StallingServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String body;
    private final CompletableFuture<Boolean> isFirstConnectionClosed = new CompletableFuture<>();

    private StallingServer(ServerSocket socket, String body) {
      this.socket = socket;
      this.body = body;
    }

    static StallingServer start(String body) throws IOException {
      StallingServer server =
          new StallingServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), body);
      Thread thread = new Thread(server::run, "stalling server");
      thread.setDaemon(true);
      thread.start();
      return server;
    }

    String url() {
      return "http://localhost:" + socket.getLocalPort();
    }

    private void run() {
      try {
        try (Socket first = socket.accept()) {
          send(first, 1);
          isFirstConnectionClosed.complete(first.getInputStream().read() < 0);
        }
        while (true) {
          try (Socket next = socket.accept()) {
            send(next, body.length());
          }
        }
      } catch (IOException e) {
        isFirstConnectionClosed.completeExceptionally(e); // Unless it is complete.
      }
    }

    private void send(Socket connection, int length) throws IOException {
      BufferedReader request =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      while (!request.readLine().isEmpty()) {}
      String response =
          "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(body.length(), body.substring(0, length));
      connection.getOutputStream().write(response.getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

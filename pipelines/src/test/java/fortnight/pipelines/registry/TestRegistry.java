package fortnight.pipelines.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/** A schema registry in this process, which can fail. */
public final class TestRegistry implements AutoCloseable {
  static {
    // Otherwise each answer takes 40 ms: its body waits for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<Integer, String> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private volatile IntSupplier status = () -> 200;

  private TestRegistry(HttpServer server) {
    this.server = server;
  }

  static TestRegistry start() throws IOException {
    return start(0);
  }

  static TestRegistry start(int port) throws IOException {
    TestRegistry registry =
        new TestRegistry(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    registry.server.createContext("/", registry::answer);
    registry.server.start();
    return registry;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://localhost:" + port();
  }

  /** Registers a schema; a quotation mark is escaped in the answer. */
  TestRegistry with(int id, String schema) {
    return answering(id, "{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}");
  }

  TestRegistry answering(int id, String json) {
    answers.put(id, json);
    return this;
  }

  /** Sets the status of the next answers. */
  void fail(IntSupplier newStatus) {
    status = newStatus;
  }

  List<String> requests() {
    return requests;
  }

  List<String> authorizations() {
    return authorizations;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(authorization));
    int failure = status.getAsInt();
    if (failure != 200) {
      send(exchange, failure, "<p>not available</p>");
    } else if (path.equals("/schemas/types")) {
      send(exchange, 200, "[\"AVRO\"]");
    } else {
      String schema = answers.get(Integer.parseInt(path.replaceFirst("/schemas/ids/", "")));
      send(
          exchange,
          schema == null ? 404 : 200,
          schema == null ? "{\"error_code\": 40403, \"message\": \"not found\"}" : schema);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

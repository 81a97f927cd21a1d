package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Serves the page, and to each open page its events. */
final class LiveServer implements AutoCloseable {
  private final LiveRequest request;
  private final HttpServer server;
  private final TimedWrites writes = new TimedWrites();

  /** As many as there are connections at most: beyond these a connection is closed. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          HttpLimits.connections(),
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Daemons.named("http"));

  private final OpenPages pages;
  private final byte[] page;

  private LiveServer(LiveRequest request, LiveState state, HttpServer server) throws IOException {
    this.request = request;
    this.server = server;
    this.pages = new OpenPages(state, writes);
    StringWriter text = new StringWriter();
    Page.writeLive(text);
    this.page = text.toString().getBytes(UTF_8);
  }

  static LiveServer start(LiveRequest request, LiveState state) throws LiveFailed, IOException {
    LiveServer server = new LiveServer(request, state, bind(request));
    server.server.createContext("/", server::answer);
    server.server.setExecutor(server.threads);
    server.server.start();
    return server;
  }

  private static HttpServer bind(LiveRequest request) throws LiveFailed, IOException {
    String place = request.host() + ":" + request.port();
    HttpLimits.set();
    try {
      InetAddress host = InetAddress.getByName(request.host());
      return HttpServer.create(
          new InetSocketAddress(host, request.port()), HttpLimits.connections());
    } catch (UnknownHostException e) {
      throw new LiveFailed("--host=" + request.host() + ": no such host");
    } catch (BindException e) {
      throw new LiveFailed(refusal(place, e));
    }
  }

  /** Only the system's own words tell a port in use from one that this user may not have. */
  static String refusal(String place, BindException refused) {
    String why = refused.getMessage();
    return place
        + " cannot be listened on: "
        + why
        + (why.contains("Permission denied")
            ? "; choose a port above 1023"
            : "; choose another with --port or --host");
  }

  /** Where a browser finds it. */
  String address() {
    return "http://" + HostNames.forUrl(request.host()) + ":" + server.getAddress().getPort() + "/";
  }

  int openPages() {
    return pages.count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (!HostNames.mayAsk(host, request.host())) {
      send(exchange, 403, "text/plain", "Ask by address, or by the name that --host gives.\n");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, 405, "text/plain", "GET is all there is.\n");
    } else if (exchange.getRequestURI().getPath().equals("/")) {
      send(exchange, 200, "text/html", page);
    } else if (exchange.getRequestURI().getPath().equals("/events")) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      if (!pages.serve(exchange)) {
        send(exchange, 503, "text/plain", "Too many pages are open.\n");
      }
    } else {
      send(exchange, 404, "text/plain", "There is one page, at /.\n");
    }
  }

  private void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    send(exchange, status, type, text.getBytes(UTF_8));
  }

  private void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      writes.write(exchange.getResponseBody(), body);
    }
  }

  @Override
  public void close() {
    pages.close();
    writes.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
